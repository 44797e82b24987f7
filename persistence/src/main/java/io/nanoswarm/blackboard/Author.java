package io.nanoswarm.blackboard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;

/** Who posted an entry. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "author")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Author.Agent.class, name = "agent"),
  @JsonSubTypes.Type(value = Author.Swarm.class, name = "swarm")
})
public sealed interface Author {

  /**
   * An agent, in one attempt at one task. Refused once a later attempt at that task has posted, or
   * it has ended.
   */
  record Agent(AgentName name, TaskId task, Fence fence) implements Author {}

  /** The swarm itself, as for {@code context.md}. Not bound to an attempt. */
  record Swarm() implements Author {}
}
