package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.EpochStarted;
import io.nanoswarm.session.SessionEvent.FollowUpAsked;
import io.nanoswarm.session.SessionEvent.PlanRecorded;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionPrioritised;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskDiscarded;
import io.nanoswarm.session.SessionEvent.TaskHandedOff;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TaskSuspended;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import io.nanoswarm.trace.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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

  /** A task of an opened session, whether it has ended or not. */
  Optional<TaskRecord> task(TaskId id);

  /** Nobody has opened it. */
  record Absent() implements SessionState {
    @Override
    public Optional<TaskRecord> task(TaskId id) {
      return Optional.empty();
    }

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
                    opened.timeLimit(),
                    opened.swarm(),
                    opened.trace(),
                    opened.agents()),
                List.of(),
                null,
                0,
                Map.of(),
                null,
                null);
        case PlanRecorded _,
            EpochStarted _,
            AttemptEnded _,
            TaskSettled _,
            TaskDied _,
            TaskSuspended _,
            TaskWoken _,
            TaskHandedOff _,
            TasksRetried _,
            TaskDiscarded _,
            FollowUpAsked _,
            SessionPaused _,
            SessionUnpaused _,
            SessionPrioritised _,
            SessionConcluded _ ->
            throw corrupt(this, event);
      };
    }
  }

  /**
   * How a session was opened, which is how it was asked its first question.
   *
   * @param timeLimit from {@code at} to its end, null for none; longer once tasks were tried again,
   *     and by the time for which it was paused
   * @param swarm the definition of its swarm, null for the built-in one; JSON leaves it out then
   * @param trace what its spans belong to, null if it is not traced; JSON leaves it out then
   * @param agents what is wanted of the built-in agents, null for nothing but the usual; JSON
   *     leaves it out then
   */
  record Opening(
      SessionId session,
      Goal goal,
      Workspace workspace,
      Instant at,
      @Nullable Duration timeLimit,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ArtifactRef swarm,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TraceContext trace,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AgentWishes agents) {

    /** The session's first question. */
    public Asked asked() {
      return new Asked(goal, workspace, at, timeLimit);
    }

    private Opening with(Asked first) {
      return new Opening(session, goal, workspace, at, first.timeLimit(), swarm, trace, agents);
    }
  }

  /**
   * Opened and not concluded.
   *
   * @param followUps the questions after the first, in their order; JSON leaves them out if there
   *     are none
   * @param answer the task that answers the latest question, null before there is a plan for it
   * @param epoch of the latest incarnation that granted attempts, 0 before the first
   * @param tasks in the order of the plan, children after it
   * @param pausedAt since when nothing of it is to begin, null if it is not paused; JSON leaves it
   *     out then
   * @param prioritised the priority that a person has given it, null if none has; JSON leaves it
   *     out then
   */
  record Active(
      Opening opening,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FollowUp> followUps,
      @Nullable TaskId answer,
      long epoch,
      Map<TaskId, TaskRecord> tasks,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant pausedAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Priority prioritised)
      implements SessionState {
    public Active {
      followUps = followUps == null ? List.of() : List.copyOf(followUps);
      tasks = Tasks.of(tasks);
    }

    /** The question that is worked on, or that was the last. */
    public Asked question() {
      return followUps.isEmpty() ? opening.asked() : followUps.getLast().asked();
    }

    /** The number of the question that is worked on, or that was the last, from 1. */
    public int questions() {
      return followUps.size() + 1;
    }

    /** What was asked before the question that is worked on. */
    public Earlier earlier() {
      if (followUps.isEmpty()) {
        return Earlier.NONE;
      }
      var all = new ArrayList<>(List.of(opening.asked()));
      followUps.forEach(each -> all.add(each.asked()));
      Workspace now = all.removeLast().workspace();
      return Earlier.of(
          all.stream().map(Asked::goal).toList(),
          !now.manifest().equals(all.getLast().workspace().manifest()));
    }

    /** The tasks of the question that is worked on: those of earlier ones have ended. */
    public List<TaskRecord> tasksOfQuestion() {
      return tasks.values().stream().filter(task -> isOfQuestion(task.id())).toList();
    }

    /** Whether a task belongs to the question that is worked on, and not to an earlier one. */
    public boolean isOfQuestion(TaskId task) {
      return QuestionNames.isOf(questions(), task);
    }

    public boolean planned() {
      return answer != null;
    }

    @Override
    public Optional<TaskRecord> task(TaskId id) {
      return Optional.ofNullable(tasks.get(id));
    }

    /** Whether the task may be tried now: open, and every task before it has ended. */
    public boolean ready(TaskRecord task) {
      return task.phase() instanceof TaskRecord.Open && indexed().awaitsNone(task.id());
    }

    /** Whether a person has paused it: what runs goes on, and nothing is begun. */
    public boolean paused() {
      return pausedAt != null;
    }

    /** How urgent it is, among other sessions. */
    public Priority priority() {
      return prioritised == null ? Priority.NORMAL : prioritised;
    }

    /** How urgent one of its tasks is, among those of all sessions. */
    public Priority priorityOf(TaskRecord task) {
      return task.spec().priority().within(priority());
    }

    /** Whether the task waits for children, and all of them have ended. */
    boolean wakes(TaskId task) {
      TaskRecord record = tasks.get(task);
      return record != null
          && record.phase() instanceof TaskRecord.Suspended(_, Wait.ForChildren _)
          && indexed().awaitsNone(task);
    }

    /** Whether nothing more will happen to any task. */
    public boolean allEnded() {
      return indexed().allEnded();
    }

    /** The tasks that wait for this one to end, or have until it did. */
    public List<TaskId> followersOf(TaskId task) {
      return indexed().followersOf(task);
    }

    List<TaskId> childrenOf(TaskId task) {
      return indexed().childrenOf(task);
    }

    private Tasks indexed() {
      return Tasks.of(tasks);
    }

    @Override
    public SessionState apply(SessionEvent event) {
      return switch (event) {
        case SessionOpened _ -> throw corrupt(this, event);
        case PlanRecorded recorded -> withPlan(recorded);
        case EpochStarted started ->
            new Active(opening, followUps, answer, started.epoch(), tasks, pausedAt, prioritised);
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
                    task.settled(
                        new TaskRecord.Settled(
                            settled.outcome(),
                            settled.fence(),
                            settled.agent(),
                            settled.beganAt(),
                            settled.at())));
        case TaskDied died ->
            with(
                task -> !task.ended(),
                died.task(),
                task -> task.with(new TaskRecord.Dead(died.reason(), died.at())));
        case TaskSuspended suspended ->
            withChildren(suspended.children())
                .with(
                    TaskRecord.Open.class,
                    suspended.task(),
                    task ->
                        task.suspended(
                            new TaskRecord.Suspended(suspended.checkpoint(), suspended.waitFor()),
                            suspended.fence()));
        case TaskWoken woken ->
            with(TaskRecord.Suspended.class, woken.task(), task -> woken(task, woken.reply()));
        case TaskHandedOff handed ->
            with(
                TaskRecord.Open.class,
                handed.task(),
                task -> task.handedOff(handed.fence(), handed.to(), handed.context()));
        case TasksRetried retried -> again(retried);
        case TaskDiscarded discarded ->
            with(TaskRecord::endedBadly, discarded.task(), TaskRecord::discard);
        case FollowUpAsked _ -> throw corrupt(this, event);
        case SessionPaused paused when pausedAt == null -> paused(paused.at(), prioritised);
        case SessionUnpaused unpaused when pausedAt != null -> goingOn(unpaused.at());
        case SessionPaused _, SessionUnpaused _ -> throw corrupt(this, event);
        case SessionPrioritised(_, var priority) -> paused(pausedAt, priority);
        case SessionConcluded(var at, var ending) -> new Concluded(goingOn(at), ending, at);
      };
    }

    private SessionState withPlan(PlanRecorded recorded) {
      if (planned()) {
        throw corrupt(this, recorded);
      }
      return new Active(
          opening,
          followUps,
          recorded.plan().answer(),
          epoch,
          indexed().plusPlanned(recorded.plan().tasks()),
          pausedAt,
          prioritised);
    }

    /** As it would be if the task's attempt ended with this request. */
    Active suspended(TaskId task, AttemptRequest.Suspend request) {
      return withChildren(request.children())
          .with(
              TaskRecord.Open.class,
              task,
              record ->
                  record.with(new TaskRecord.Suspended(request.checkpoint(), request.waitFor())));
    }

    private Active withChildren(List<TaskSpec> children) {
      return withTasks(indexed().plusPlanned(children));
    }

    private Active again(TasksRetried retried) {
      var next = this;
      for (TaskId task : retried.tasks()) {
        next = next.with(TaskRecord::endedBadly, task, record -> record.again("tried again"));
      }
      for (TaskId task : retried.after()) {
        next = next.with(_ -> true, task, record -> record.again("done again"));
      }
      Map<TaskId, TaskRecord> anew = new LinkedHashMap<>(next.tasks());
      var again = withTasks(anew);
      // A time limit that has passed begins anew; that of a paused session stands still.
      return paused() ? again : again.asked(question().from(retried.at()));
    }

    /** Not paused, and as if the time since it was had not passed. */
    private Active goingOn(Instant now) {
      return pausedAt == null
          ? this
          : asked(question().without(pausedAt, now)).paused(null, prioritised);
    }

    private Active paused(@Nullable Instant since, @Nullable Priority priority) {
      return new Active(opening, followUps, answer, epoch, tasks, since, priority);
    }

    Active withTasks(Map<TaskId, TaskRecord> others) {
      return new Active(opening, followUps, answer, epoch, others, pausedAt, prioritised);
    }

    /** With another time limit for its latest question. */
    private Active asked(Asked latest) {
      if (followUps.isEmpty()) {
        return new Active(
            opening.with(latest), followUps, answer, epoch, tasks, pausedAt, prioritised);
      }
      var last = followUps.getLast();
      var all = new ArrayList<>(followUps.subList(0, followUps.size() - 1));
      all.add(new FollowUp(last.number(), latest, last.before()));
      return new Active(opening, all, answer, epoch, tasks, pausedAt, prioritised);
    }

    private Active followedUp(FollowUpAsked further, FollowUp.Before before) {
      var ended = indexed();
      for (TaskRecord task : tasks.values()) {
        if (!task.ended()) {
          ended =
              ended.with(
                  task.with(new TaskRecord.Dead("its question was over before it", further.at())));
        }
      }
      var all = new ArrayList<>(followUps);
      all.add(
          new FollowUp(
              further.number(),
              new Asked(further.goal(), further.workspace(), further.at(), further.timeLimit()),
              before));
      return new Active(opening, all, null, epoch, ended, pausedAt, prioritised);
    }

    private static TaskRecord woken(TaskRecord task, @Nullable String reply) {
      return task.phase() instanceof TaskRecord.Suspended suspended
          ? task.with(new TaskRecord.Open(suspended.checkpoint(), reply, null))
          : task;
    }

    private Active with(
        Class<? extends TaskRecord.Phase> expected, TaskId id, UnaryOperator<TaskRecord> change) {
      return with(task -> expected.isInstance(task.phase()), id, change);
    }

    private Active with(
        Predicate<TaskRecord> expected, TaskId id, UnaryOperator<TaskRecord> change) {
      TaskRecord task = tasks.get(id);
      if (task == null || !expected.test(task)) {
        throw new IllegalStateException(
            "task %s: %s, to which this cannot happen; the journal of its session is corrupt"
                .formatted(id, task == null ? "unknown" : task.phase()));
      }
      return withTasks(indexed().with(change.apply(task)));
    }
  }

  /** Over, unless a person has tasks tried again or asks a further question. */
  record Concluded(Active last, Ending ending, Instant at) implements SessionState {
    @Override
    public Optional<TaskRecord> task(TaskId id) {
      return last.task(id);
    }

    @Override
    public SessionState apply(SessionEvent event) {
      return switch (event) {
        case TasksRetried retried -> last.again(retried);
        case FollowUpAsked further when further.number() == last.questions() + 1 ->
            last.followedUp(further, new FollowUp.Before(ending, at, last.answer()));
        case TaskDiscarded discarded -> new Concluded((Active) last.apply(discarded), ending, at);
        case SessionOpened _,
            PlanRecorded _,
            EpochStarted _,
            AttemptEnded _,
            TaskSettled _,
            TaskDied _,
            TaskSuspended _,
            TaskWoken _,
            TaskHandedOff _,
            FollowUpAsked _,
            SessionPaused _,
            SessionUnpaused _,
            SessionPrioritised _,
            SessionConcluded _ ->
            throw corrupt(this, event);
      };
    }
  }

  private static IllegalStateException corrupt(SessionState state, SessionEvent event) {
    return new IllegalStateException(
        "%s cannot follow %s; the journal of this session is corrupt"
            .formatted(event.getClass().getSimpleName(), state.getClass().getSimpleName()));
  }
}
