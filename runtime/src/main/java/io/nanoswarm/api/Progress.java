package io.nanoswarm.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a session, as it happens: the data of the endpoint's server-sent events.
 *
 * <p>The first event of a stream is a {@link Snapshot}, unless the client resumes with the id of
 * the last event it saw and the node still remembers what came after it. Events tell of what is
 * stored already, but for {@link Doing}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Progress.Snapshot.class, name = "snapshot"),
  @JsonSubTypes.Type(value = Progress.Planned.class, name = "planned"),
  @JsonSubTypes.Type(value = Progress.AgentUp.class, name = "agent-up"),
  @JsonSubTypes.Type(value = Progress.AgentDown.class, name = "agent-down"),
  @JsonSubTypes.Type(value = Progress.Doing.class, name = "doing"),
  @JsonSubTypes.Type(value = Progress.TaskBegan.class, name = "task-began"),
  @JsonSubTypes.Type(value = Progress.TaskEnded.class, name = "task-ended"),
  @JsonSubTypes.Type(value = Progress.Asked.class, name = "asked"),
  @JsonSubTypes.Type(value = Progress.AttemptEnded.class, name = "attempt-ended"),
  @JsonSubTypes.Type(value = Progress.HandedOff.class, name = "handed-off"),
  @JsonSubTypes.Type(value = Progress.Posted.class, name = "posted"),
  @JsonSubTypes.Type(value = Progress.Paused.class, name = "paused"),
  @JsonSubTypes.Type(value = Progress.Unpaused.class, name = "unpaused"),
  @JsonSubTypes.Type(value = Progress.Prioritised.class, name = "prioritised"),
  @JsonSubTypes.Type(value = Progress.Trouble.class, name = "trouble"),
  @JsonSubTypes.Type(value = Progress.Concluded.class, name = "concluded")
})
public sealed interface Progress {
  Instant at();

  /** Where session and agents stand now; a client starts over from it. */
  record Snapshot(Instant at, SessionView session, AgentsView agents) implements Progress {}

  /** The goal was split into these tasks. */
  record Planned(Instant at, List<SessionView.TaskView> tasks) implements Progress {}

  /** An agent's JVM has joined the swarm. */
  record AgentUp(Instant at, String agent, String role, @Nullable Long pid, int restarts)
      implements Progress {}

  /**
   * An agent's JVM has ended.
   *
   * @param restarting whether it is started again; false when its slot gave up or the swarm stops
   */
  record AgentDown(Instant at, String agent, @Nullable Long pid, String cause, boolean restarting)
      implements Progress {}

  /** An agent says what it does. */
  record Doing(Instant at, String agent, String text) implements Progress {}

  record TaskBegan(Instant at, String task, String agent, int attempt) implements Progress {}

  /**
   * @param state {@code completed}, {@code failed}, {@code cancelled}, {@code dead}, {@code
   *     suspended}
   * @param note the summary, or the reason
   */
  record TaskEnded(Instant at, String task, @Nullable String agent, String state, String note)
      implements Progress {}

  /** A task waits for a person's answer; comes with a {@link TaskEnded} as suspended. */
  record Asked(Instant at, String task, String agent, String question) implements Progress {}

  /** An attempt was cut off; the task is tried again if it may be. */
  record AttemptEnded(Instant at, String task, String agent, String reason) implements Progress {}

  /** A task goes on in another role. */
  record HandedOff(Instant at, String task, String agent, String role) implements Progress {}

  /** Something new stands on the blackboard. */
  record Posted(Instant at, String path, String author, long revision, String title)
      implements Progress {}

  /** A person has paused the session: what runs goes on, and nothing is begun. */
  record Paused(Instant at) implements Progress {}

  /** The session goes on. */
  record Unpaused(Instant at) implements Progress {}

  /**
   * The session is more or less urgent than it was.
   *
   * @param priority as {@link SessionPriority#word}
   */
  record Prioritised(Instant at, String priority) implements Progress {}

  /**
   * The node cannot go on as it should; it tries again by itself.
   *
   * @param what for people, with what to do about it
   */
  record Trouble(Instant at, String what) implements Progress {}

  /** The session is over: the last event of a stream. */
  record Concluded(Instant at, SessionView session) implements Progress {}
}
