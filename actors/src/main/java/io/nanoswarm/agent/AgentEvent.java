package io.nanoswarm.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of agents while it happens, as JSON on {@link #CHANNEL}: at most once, never stored.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AgentEvent.Up.class, name = "up"),
  @JsonSubTypes.Type(value = AgentEvent.Down.class, name = "down"),
  @JsonSubTypes.Type(value = AgentEvent.Doing.class, name = "doing")
})
public sealed interface AgentEvent {
  /** Where these events are published. */
  Channel CHANNEL = Channel.cluster("progress/agents");

  Instant at();

  AgentName agent();

  /**
   * The agent's JVM has joined and hosts it.
   *
   * @param restarts of the agent's JVM since its slot exists
   */
  record Up(Instant at, AgentName agent, AgentRole role, long pid, int restarts)
      implements AgentEvent {}

  /**
   * The agent's JVM has ended.
   *
   * @param cause for people, as {@code killed (signal 9)}
   * @param restarting false when its slot gave up or the swarm stops
   */
  record Down(Instant at, AgentName agent, @Nullable Long pid, String cause, boolean restarting)
      implements AgentEvent {}

  /** The agent says what it does. */
  record Doing(Instant at, AgentName agent, TaskId task, String text) implements AgentEvent {}
}
