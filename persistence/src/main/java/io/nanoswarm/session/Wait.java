package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/** What a suspended task waits for. Waiting is durable and holds no agent. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "for")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Wait.ForChildren.class, name = "children"),
  @JsonSubTypes.Type(value = Wait.ForPerson.class, name = "person"),
  @JsonSubTypes.Type(value = Wait.ForTime.class, name = "time")
})
public sealed interface Wait {

  /** Until every one of these tasks has ended, well or not. */
  record ForChildren(List<TaskId> children) implements Wait {
    public ForChildren {
      children = List.copyOf(children);
    }
  }

  /** Until a person has answered. */
  record ForPerson(String question) implements Wait {}

  /** Until this moment has passed. */
  record ForTime(Instant until) implements Wait {}
}
