package io.nanoswarm.session;

import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.FollowUpAsked;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionPrioritised;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskDiscarded;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants of a session: that tasks are tried again, or given up, that it works on a
 * further question, that it is paused, goes on, or is more or less urgent. Pure; says what would
 * have to be stored, or why it cannot be done.
 */
final class Wishes {
  /**
   * @param events to be stored as one; empty if nothing can be done, or it is done already
   * @param cutOff the tasks whose running attempts are over by the events
   * @param why nothing can be done, null if something can
   */
  record Decided(List<SessionEvent> events, List<TaskId> cutOff, @Nullable String why) {
    Decided {
      events = List.copyOf(events);
      cutOff = List.copyOf(cutOff);
    }

    static Decided refused(String why) {
      return new Decided(List.of(), List.of(), why);
    }
  }

  private final SessionState state;
  private final Map<TaskId, Running> running;
  private final Instant now;

  Wishes(SessionState state, Map<TaskId, Running> running, Instant now) {
    this.state = state;
    this.running = running;
    this.now = now;
  }

  /** A further question is worked on, beside what was found for those before it. */
  Decided further(Session.AskFurther ask) {
    return switch (state) {
      case SessionState.Absent _ -> Decided.refused("it was never opened");
      case SessionState.Active active ->
          isAsked(active, ask)
              ? new Decided(List.of(), List.of(), null)
              : Decided.refused("it works on a question; ask when that is answered");
      case SessionState.Concluded(var last, var ending, _) ->
          switch (ending) {
            case Ending.Cancelled _ -> Decided.refused("it was cancelled, for good");
            case Ending.Completed _, Ending.Partial _, Ending.Failed _, Ending.TimedOut _ ->
                further(last, ask);
          };
    };
  }

  private static boolean isAsked(SessionState.Active active, Session.AskFurther ask) {
    return ask.number() > 1
        && ask.number() == active.questions()
        && ask.goal().equals(active.question().goal());
  }

  private Decided further(SessionState.Active last, Session.AskFurther ask) {
    if (isAsked(last, ask)) {
      return new Decided(List.of(), List.of(), null);
    }
    int next = last.questions() + 1;
    if (ask.number() != next) {
      return Decided.refused("another question was asked at the same time");
    }
    if (next > FollowUp.MOST_QUESTIONS) {
      return Decided.refused(
          "it was asked %d questions, the most that a session may be: begin another"
              .formatted(FollowUp.MOST_QUESTIONS));
    }
    String prefix = QuestionNames.prefix(next);
    boolean taken = last.tasks().keySet().stream().anyMatch(id -> id.name().startsWith(prefix));
    if (taken) {
      return Decided.refused(
          "it has tasks named %s…, as those of question %d would be: begin another session"
              .formatted(prefix, next));
    }
    return new Decided(
        List.of(new FollowUpAsked(now, next, ask.goal(), ask.workspace(), ask.timeLimit())),
        List.of(),
        null);
  }

  /**
   * The tasks are done anew, and whatever came after them.
   *
   * @param wanted empty for all that have ended badly and were not discarded
   */
  Decided retry(Collection<TaskId> wanted) {
    return switch (state) {
      case SessionState.Absent _ -> Decided.refused("it was never opened");
      case SessionState.Active active -> retry(active, wanted, false);
      case SessionState.Concluded(var last, var ending, _) ->
          switch (ending) {
            case Ending.Cancelled _ -> Decided.refused("it was cancelled, for good");
            case Ending.Completed _, Ending.Partial _ -> retry(last, wanted, false);
            case Ending.Failed _, Ending.TimedOut _ -> retry(last, wanted, true);
          };
    };
  }

  /**
   * @param goesOn whether there is something to do although no task is tried again
   */
  private Decided retry(SessionState.Active active, Collection<TaskId> wanted, boolean goesOn) {
    for (TaskId task : wanted) {
      Optional<TaskRecord> record = active.task(task);
      if (record.isEmpty()) {
        return Decided.refused("it has no task '%s'".formatted(task.name()));
      }
      if (!active.isOfQuestion(task)) {
        return Decided.refused(
            "task '%s' is of an earlier question, which is over".formatted(task.name()));
      }
      if (!record.get().endedBadly()) {
        return Decided.refused(
            record.get().completed()
                ? "task '%s' is completed".formatted(task.name())
                : "task '%s' has not ended yet".formatted(task.name()));
      }
    }
    List<TaskId> tasks = wanted.isEmpty() ? bad(active) : List.copyOf(wanted);
    if (tasks.isEmpty() && !goesOn) {
      return Decided.refused("none of its tasks has ended badly");
    }
    var events = new ArrayList<SessionEvent>();
    var cutOff = new ArrayList<TaskId>();
    var after = new ArrayList<TaskId>();
    for (TaskId task : after(active, tasks)) {
      cutOff(task, "a task before it is tried again", events, cutOff);
      TaskRecord record = active.task(task).orElseThrow();
      if (!record.untouched() && !waitsFor(record, tasks)) {
        after.add(task);
      }
    }
    events.add(new TasksRetried(now, tasks, after));
    return new Decided(events, cutOff, null);
  }

  /** A parent that waits for one of its children waits on, and has missed nothing. */
  private static boolean waitsFor(TaskRecord parent, List<TaskId> tasks) {
    return parent.phase() instanceof TaskRecord.Suspended(_, Wait.ForChildren(var children))
        && children.stream().anyMatch(tasks::contains);
  }

  private static List<TaskId> bad(SessionState.Active active) {
    return active.tasks().values().stream()
        .filter(task -> task.endedBadly() && !task.discarded())
        .map(TaskRecord::id)
        .filter(active::isOfQuestion)
        .toList();
  }

  /** What may have missed something of the tasks: those planned after them, and their parents. */
  private static SequencedSet<TaskId> after(SessionState.Active active, List<TaskId> tasks) {
    var followers = new HashMap<TaskId, List<TaskId>>();
    for (TaskRecord task : active.tasks().values()) {
      for (TaskId before : task.spec().after()) {
        followers.computeIfAbsent(before, _ -> new ArrayList<>()).add(task.id());
      }
      TaskId parent = task.id().parent();
      if (parent != null) {
        followers.computeIfAbsent(task.id(), _ -> new ArrayList<>()).add(parent);
      }
    }
    var found = new LinkedHashSet<TaskId>();
    var next = new ArrayDeque<>(tasks);
    while (!next.isEmpty()) {
      for (TaskId follower : followers.getOrDefault(next.remove(), List.of())) {
        boolean discarded = active.task(follower).map(TaskRecord::discarded).orElse(true);
        if (!tasks.contains(follower) && !discarded && found.add(follower)) {
          next.add(follower);
        }
      }
    }
    return found;
  }

  /** A task that has ended badly is heard of no more; any other ends, with what it delegated. */
  Decided discard(TaskId task, String reason) {
    TaskRecord record = state.task(task).orElse(null);
    if (record == null) {
      return Decided.refused("it has no task '%s'".formatted(task.name()));
    }
    if (record.endedBadly()) {
      return new Decided(
          record.discarded() ? List.of() : List.of(new TaskDiscarded(now, task)), List.of(), null);
    }
    if (!(state instanceof SessionState.Active active)) {
      return Decided.refused("it is over, and task '%s' did not end badly".formatted(task.name()));
    }
    return record.ended()
        ? Decided.refused("task '%s' is completed".formatted(task.name()))
        : giveUp(active, task, reason);
  }

  private Decided giveUp(SessionState.Active active, TaskId task, String reason) {
    var events = new ArrayList<SessionEvent>();
    var cutOff = new ArrayList<TaskId>();
    var next = new ArrayDeque<>(List.of(task));
    while (!next.isEmpty()) {
      TaskId each = next.remove();
      TaskRecord record = active.task(each).orElseThrow();
      if (!record.ended()) {
        cutOff(each, "its task was discarded", events, cutOff);
        events.add(new TaskDied(now, each, "discarded: " + reason));
      }
      if (!record.completed() && !record.discarded()) {
        events.add(new TaskDiscarded(now, each));
      }
      next.addAll(active.childrenOf(each));
    }
    return new Decided(Decision.withWakeUps(active, events, now), cutOff, null);
  }

  /** Nothing more is begun; once it is so, that is done already. */
  Decided pause() {
    return unlessOver(
        active -> active.paused() ? Optional.empty() : Optional.of(new SessionPaused(now)));
  }

  Decided unpause() {
    return unlessOver(
        active -> active.paused() ? Optional.of(new SessionUnpaused(now)) : Optional.empty());
  }

  Decided prioritise(Priority priority) {
    return unlessOver(active ->
        active.priority() == priority
            ? Optional.empty()
            : Optional.of(new SessionPrioritised(now, priority)));
  }

  private Decided unlessOver(Function<SessionState.Active, Optional<SessionEvent>> wish) {
    return switch (state) {
      case SessionState.Absent _ -> Decided.refused("it was never opened");
      case SessionState.Active active ->
          new Decided(wish.apply(active).stream().toList(), List.of(), null);
      case SessionState.Concluded(_, var ending, _) ->
          Decided.refused("it is over: %s".formatted(ending.word()));
    };
  }

  private void cutOff(TaskId task, String reason, List<SessionEvent> events, List<TaskId> cutOff) {
    Running attempt = running.get(task);
    if (attempt != null) {
      events.add(
          new AttemptEnded(
              now, task, attempt.fence(), attempt.agent(), reason, false, attempt.beganAt()));
      cutOff.add(task);
    }
  }
}
