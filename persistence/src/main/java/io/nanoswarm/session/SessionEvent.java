package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.trace.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts of one session, in journal order. The {@code name}s are on disk: never change one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SessionEvent.SessionOpened.class, name = "session-opened"),
  @JsonSubTypes.Type(value = SessionEvent.PlanRecorded.class, name = "plan-recorded"),
  @JsonSubTypes.Type(value = SessionEvent.EpochStarted.class, name = "epoch-started"),
  @JsonSubTypes.Type(value = SessionEvent.AttemptEnded.class, name = "attempt-ended"),
  @JsonSubTypes.Type(value = SessionEvent.TaskSettled.class, name = "task-settled"),
  @JsonSubTypes.Type(value = SessionEvent.TaskDied.class, name = "task-died"),
  @JsonSubTypes.Type(value = SessionEvent.TaskSuspended.class, name = "task-suspended"),
  @JsonSubTypes.Type(value = SessionEvent.TaskWoken.class, name = "task-woken"),
  @JsonSubTypes.Type(value = SessionEvent.TaskHandedOff.class, name = "task-handed-off"),
  @JsonSubTypes.Type(value = SessionEvent.TasksRetried.class, name = "tasks-retried"),
  @JsonSubTypes.Type(value = SessionEvent.TaskDiscarded.class, name = "task-discarded"),
  @JsonSubTypes.Type(value = SessionEvent.FollowUpAsked.class, name = "follow-up-asked"),
  @JsonSubTypes.Type(value = SessionEvent.SessionPaused.class, name = "session-paused"),
  @JsonSubTypes.Type(value = SessionEvent.SessionUnpaused.class, name = "session-unpaused"),
  @JsonSubTypes.Type(value = SessionEvent.SessionPrioritised.class, name = "session-prioritised"),
  @JsonSubTypes.Type(value = SessionEvent.SessionConcluded.class, name = "session-concluded")
})
public sealed interface SessionEvent {
  Instant at();

  /**
   * @param timeLimit from {@code at} to the session's end, null for none, in ISO-8601
   * @param swarm the definition of the session's swarm, null for the built-in one; JSON leaves it
   *     out then
   * @param trace what the session's spans belong to, null if it is not traced; JSON leaves it out
   *     then
   * @param agents what is wanted of the built-in agents, null for nothing but the usual; JSON
   *     leaves it out then
   */
  record SessionOpened(
      Instant at,
      SessionId session,
      Goal goal,
      Workspace workspace,
      @Nullable Duration timeLimit,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ArtifactRef swarm,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TraceContext trace,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AgentWishes agents)
      implements SessionEvent {

    /** Of a session that is not traced and has the usual agents. */
    public SessionOpened(
        Instant at,
        SessionId session,
        Goal goal,
        Workspace workspace,
        @Nullable Duration timeLimit,
        @Nullable ArtifactRef swarm) {
      this(at, session, goal, workspace, timeLimit, swarm, null, null);
    }
  }

  record PlanRecorded(Instant at, Plan plan) implements SessionEvent {}

  /** A new incarnation of the session is about to grant its first attempt. */
  record EpochStarted(Instant at, long epoch) implements SessionEvent {}

  /**
   * An attempt ended without settling its task.
   *
   * @param counted whether it counts against the task's limit of attempts
   * @param beganAt when it began, null if that was not stored; JSON leaves it out then
   */
  record AttemptEnded(
      Instant at,
      TaskId task,
      Fence fence,
      AgentName agent,
      String reason,
      boolean counted,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant beganAt)
      implements SessionEvent {

    /** As it was stored by earlier versions. */
    public AttemptEnded(
        Instant at, TaskId task, Fence fence, AgentName agent, String reason, boolean counted) {
      this(at, task, fence, agent, reason, counted, null);
    }
  }

  /**
   * @param beganAt when the attempt that settled the task began
   */
  record TaskSettled(
      Instant at, TaskId task, Fence fence, AgentName agent, Instant beganAt, Outcome outcome)
      implements SessionEvent {}

  /** All attempts are used up, nobody could do it, or a person gave it up. */
  record TaskDied(Instant at, TaskId task, String reason) implements SessionEvent {}

  /**
   * @param children tasks that are created with this event, none if the task waits for something
   *     else
   * @param beganAt when the attempt began, null if that was not stored; JSON leaves it out then
   */
  record TaskSuspended(
      Instant at,
      TaskId task,
      Fence fence,
      AgentName agent,
      String checkpoint,
      Wait waitFor,
      List<TaskSpec> children,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant beganAt)
      implements SessionEvent {
    public TaskSuspended {
      children = List.copyOf(children);
    }

    /** As it was stored by earlier versions. */
    public TaskSuspended(
        Instant at,
        TaskId task,
        Fence fence,
        AgentName agent,
        String checkpoint,
        Wait waitFor,
        List<TaskSpec> children) {
      this(at, task, fence, agent, checkpoint, waitFor, children, null);
    }
  }

  /**
   * What the task waited for has come.
   *
   * @param reply what a person answered, if the task waited for one
   */
  record TaskWoken(Instant at, TaskId task, @Nullable String reply) implements SessionEvent {}

  /**
   * @param beganAt when the attempt began, null if that was not stored; JSON leaves it out then
   */
  record TaskHandedOff(
      Instant at,
      TaskId task,
      Fence fence,
      AgentName agent,
      AgentRole to,
      String context,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant beganAt)
      implements SessionEvent {

    /** As it was stored by earlier versions. */
    public TaskHandedOff(
        Instant at, TaskId task, Fence fence, AgentName agent, AgentRole to, String context) {
      this(at, task, fence, agent, to, context, null);
    }
  }

  /**
   * A person has tasks done anew that had ended badly, and those that came after them. A session
   * that was over goes on.
   *
   * @param tasks that had ended badly
   * @param after tasks that had begun, or ended, and may have missed something of those
   */
  record TasksRetried(Instant at, List<TaskId> tasks, List<TaskId> after) implements SessionEvent {
    public TasksRetried {
      tasks = List.copyOf(tasks);
      after = List.copyOf(after);
    }
  }

  /** A person has seen that the task ended badly. */
  record TaskDiscarded(Instant at, TaskId task) implements SessionEvent {}

  /**
   * A person has asked a session that was over a further question. What had not ended by then is
   * dead.
   *
   * @param number of the question, from 2
   * @param workspace the folder as it is now
   * @param timeLimit from {@code at} to the session's end, null for none, in ISO-8601
   */
  record FollowUpAsked(
      Instant at, int number, Goal goal, Workspace workspace, @Nullable Duration timeLimit)
      implements SessionEvent {}

  /** A person wants nothing of it begun until it is unpaused; its time limit stands still. */
  record SessionPaused(Instant at) implements SessionEvent {}

  /** It goes on, with as much of its time limit as it had left when it was paused. */
  record SessionUnpaused(Instant at) implements SessionEvent {}

  /** A person has made it more or less urgent than others. */
  record SessionPrioritised(Instant at, Priority priority) implements SessionEvent {}

  record SessionConcluded(Instant at, Ending ending) implements SessionEvent {}
}
