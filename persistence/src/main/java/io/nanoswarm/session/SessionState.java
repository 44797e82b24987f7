package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.EpochStarted;
import io.nanoswarm.session.SessionEvent.PlanRecorded;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskHandedOff;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TaskSuspended;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a session. Pure: every transition, and nothing else; knows no actor, clock or
 * journal.
 *
 * <p>Bounds: at most {@link Plan#MAX_TASKS} tasks, children included; a task keeps at most {@link
 * TaskRecord#HISTORY} reasons. A concluded session is purged whole, never event by event.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SessionState.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = SessionState.Active.class, name = "active"),
  @JsonSubTypes.Type(value = SessionState.Concluded.class, name = "concluded")
})
public sealed interface SessionState {

  /**
   * The state after an event that was decided in this one.
   *
   * @throws IllegalStateException if the event cannot follow this state: the journal is corrupt
   */
  SessionState apply(SessionEvent event);

  /** Nobody has opened it. */
  record Absent() implements SessionState {
    @Override
    public SessionState apply(SessionEvent event) {
      return switch (event) {
        case SessionOpened opened ->
            new Active(
                new Opening(
                    opened.session(),
                    opened.goal(),
                    opened.workspace(),
                    opened.at(),
                    opened.timeLimit()),
                null,
                0,
                Map.of());
        case PlanRecorded _,
            EpochStarted _,
            AttemptEnded _,
            TaskSettled _,
            TaskDied _,
            TaskSuspended _,
            TaskWoken _,
            TaskHandedOff _,
            SessionConcluded _ ->
            throw corrupt(this, event);
      };
    }
  }

  /**
   * How a session was opened.
   *
   * @param timeLimit from {@code at} to its end, null for none
   */
  record Opening(
      SessionId session,
      Goal goal,
      Workspace workspace,
      Instant at,
      @Nullable Duration timeLimit) {}

  /**
   * Opened and not concluded.
   *
   * @param answer the task that answers the goal, null before there is a plan
   * @param epoch of the latest incarnation that granted attempts, 0 before the first
   * @param tasks in the order of the plan, children after it
   */
  record Active(Opening opening, @Nullable TaskId answer, long epoch, Map<TaskId, TaskRecord> tasks)
      implements SessionState {
    public Active {
      tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    }

    public boolean planned() {
      return answer != null;
    }

    public Optional<TaskRecord> task(TaskId id) {
      return Optional.ofNullable(tasks.get(id));
    }

    /** Whether the task may be tried now: open, and every task before it has ended. */
    public boolean ready(TaskRecord task) {
      return task.phase() instanceof TaskRecord.Open && allEnded(task.spec().after());
    }

    /** The tasks that must end before this one can go on. */
    List<TaskId> waitsFor(TaskRecord task) {
      return switch (task.phase()) {
        case TaskRecord.Open _ -> task.spec().after();
        case TaskRecord.Suspended(_, Wait.ForChildren(var children)) -> children;
        case TaskRecord.Suspended _, TaskRecord.Settled _, TaskRecord.Dead _ -> List.of();
      };
    }

    boolean allEnded(Collection<TaskId> ids) {
      return ids.stream().allMatch(id -> task(id).map(TaskRecord::ended).orElse(true));
    }

    @Override
    public SessionState apply(SessionEvent event) {
      return switch (event) {
        case SessionOpened _ -> throw corrupt(this, event);
        case PlanRecorded recorded -> withPlan(recorded);
        case EpochStarted started -> new Active(opening, answer, started.epoch(), tasks);
        case AttemptEnded ended ->
            with(
                TaskRecord.Open.class,
                ended.task(),
                task -> task.attemptEnded(ended.fence(), ended.reason(), ended.counted()));
        case TaskSettled settled ->
            with(
                TaskRecord.Open.class,
                settled.task(),
                task ->
                    task.ended(
                        new TaskRecord.Settled(
                            settled.outcome(),
                            settled.fence(),
                            settled.agent(),
                            settled.beganAt(),
                            settled.at()),
                        settled.fence()));
        case TaskDied died ->
            with(
                TaskRecord.Open.class,
                died.task(),
                task -> task.with(new TaskRecord.Dead(died.reason(), died.at())));
        case TaskSuspended suspended -> withChildren(suspended);
        case TaskWoken woken ->
            with(TaskRecord.Suspended.class, woken.task(), task -> woken(task, woken.reply()));
        case TaskHandedOff handed ->
            with(
                TaskRecord.Open.class,
                handed.task(),
                task -> task.handedOff(handed.fence(), handed.to(), handed.context()));
        case SessionConcluded concluded -> new Concluded(this, concluded.ending(), concluded.at());
      };
    }

    private SessionState withPlan(PlanRecorded recorded) {
      if (planned()) {
        throw corrupt(this, recorded);
      }
      var planned = new LinkedHashMap<TaskId, TaskRecord>();
      recorded.plan().tasks().forEach(spec -> planned.put(spec.id(), TaskRecord.planned(spec)));
      return new Active(opening, recorded.plan().answer(), epoch, planned);
    }

    private Active withChildren(TaskSuspended suspended) {
      return with(
              TaskRecord.Open.class,
              suspended.task(),
              task ->
                  task.ended(
                      new TaskRecord.Suspended(suspended.checkpoint(), suspended.waitFor()),
                      suspended.fence()))
          .withChildren(suspended.children());
    }

    /** As it would be if the task's attempt ended with this request. */
    Active suspended(TaskId task, AttemptRequest.Suspend request) {
      return with(
              TaskRecord.Open.class,
              task,
              record ->
                  record.with(new TaskRecord.Suspended(request.checkpoint(), request.waitFor())))
          .withChildren(request.children());
    }

    private Active withChildren(List<TaskSpec> children) {
      var all = new LinkedHashMap<>(tasks);
      children.forEach(spec -> all.putIfAbsent(spec.id(), TaskRecord.planned(spec)));
      return new Active(opening, answer, epoch, all);
    }

    private static TaskRecord woken(TaskRecord task, @Nullable String reply) {
      return task.phase() instanceof TaskRecord.Suspended suspended
          ? task.with(new TaskRecord.Open(suspended.checkpoint(), reply, null))
          : task;
    }

    private Active with(
        Class<? extends TaskRecord.Phase> expected, TaskId id, UnaryOperator<TaskRecord> change) {
      TaskRecord task = tasks.get(id);
      if (task == null || !expected.isInstance(task.phase())) {
        throw new IllegalStateException(
            "task %s: %s (expected: %s); the journal of its session is corrupt"
                .formatted(id, task == null ? "unknown" : task.phase(), expected.getSimpleName()));
      }
      var changed = new LinkedHashMap<>(tasks);
      changed.put(id, change.apply(task));
      return new Active(opening, answer, epoch, changed);
    }
  }

  /** Over: nothing more is stored. */
  record Concluded(Active last, Ending ending, Instant at) implements SessionState {
    @Override
    public SessionState apply(SessionEvent event) {
      throw corrupt(this, event);
    }
  }

  private static IllegalStateException corrupt(SessionState state, SessionEvent event) {
    return new IllegalStateException(
        "%s cannot follow %s; the journal of this session is corrupt"
            .formatted(event.getClass().getSimpleName(), state.getClass().getSimpleName()));
  }
}
