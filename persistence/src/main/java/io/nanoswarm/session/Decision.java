package io.nanoswarm.session;

import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskHandedOff;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TaskSuspended;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Which events follow from how an attempt ends. Pure; the caller has checked that the attempt is
 * running.
 */
final class Decision {
  /** How often one task may change its role. */
  static final int MAX_HANDOFFS = 16;

  /** How often attempts at one task may be given back or suspend it. */
  static final int MAX_UNCOUNTED = 1000;

  private Decision() {}

  static List<SessionEvent> settle(
      SessionState.Active session, Running attempt, Outcome outcome, Instant now) {
    return switch (outcome) {
      case Outcome.Failed(var reason, var retryable) when retryable ->
          cutOff(session, attempt, reason, now);
      case Outcome.Failed _, Outcome.Completed _, Outcome.Cancelled _ ->
          withWakeUps(
              session,
              List.of(
                  new TaskSettled(
                      now,
                      attempt.task(),
                      attempt.fence(),
                      attempt.agent(),
                      attempt.beganAt(),
                      outcome)),
              now);
    };
  }

  /** The attempt counts; the task is dead if it was its last. */
  static List<SessionEvent> cutOff(
      SessionState.Active session, Running attempt, String reason, Instant now) {
    var events = new ArrayList<SessionEvent>();
    events.add(
        new AttemptEnded(
            now,
            attempt.task(),
            attempt.fence(),
            attempt.agent(),
            reason,
            true,
            attempt.beganAt()));
    TaskRecord task = session.task(attempt.task()).orElseThrow();
    if (task.attempts() + 1 >= task.spec().limits().maxAttempts()) {
      events.add(new TaskDied(now, attempt.task(), reason));
    }
    return withWakeUps(session, events, now);
  }

  /** The attempt does not count; but the task is dead if that has happened too often. */
  static List<SessionEvent> release(
      SessionState.Active session, Running attempt, String reason, Instant now) {
    var ended =
        new AttemptEnded(
            now,
            attempt.task(),
            attempt.fence(),
            attempt.agent(),
            reason,
            false,
            attempt.beganAt());
    return isLastUncounted(session, attempt)
        ? withWakeUps(session, List.of(ended, tooOften(attempt, reason, now)), now)
        : List.of(ended);
  }

  /** Nobody ever could do the task. */
  static List<SessionEvent> abandon(
      SessionState.Active session, TaskId task, String reason, Instant now) {
    return withWakeUps(session, List.of(new TaskDied(now, task, reason)), now);
  }

  private static boolean isLastUncounted(SessionState.Active session, Running attempt) {
    return session.task(attempt.task()).orElseThrow().uncounted() + 1 >= MAX_UNCOUNTED;
  }

  private static TaskDied tooOften(Running attempt, String reason, Instant now) {
    return new TaskDied(
        now,
        attempt.task(),
        "given back or suspended %d times without an outcome, the last: %s"
            .formatted(MAX_UNCOUNTED, reason));
  }

  static List<SessionEvent> suspend(
      SessionState.Active session, Running attempt, AttemptRequest.Suspend request, Instant now) {
    if (isLastUncounted(session, attempt)) {
      return release(session, attempt, "suspended once more", now);
    }
    var suspended =
        new TaskSuspended(
            now,
            attempt.task(),
            attempt.fence(),
            attempt.agent(),
            request.checkpoint(),
            request.waitFor(),
            request.children(),
            attempt.beganAt());
    return withWakeUps(session, List.of(suspended), now);
  }

  static List<SessionEvent> handOff(Running attempt, AttemptRequest.HandOff request, Instant now) {
    return List.of(
        new TaskHandedOff(
            now,
            attempt.task(),
            attempt.fence(),
            attempt.agent(),
            request.to(),
            request.context(),
            attempt.beganAt()));
  }

  /** What is wrong with a request to suspend; empty if nothing is. */
  static List<String> problems(
      SessionState.Active session, TaskId parent, AttemptRequest.Suspend request) {
    var problems = new ArrayList<String>();
    for (TaskSpec child : request.children()) {
      if (!isChild(parent, child.id())) {
        problems.add("%s is no child of %s".formatted(child.id(), parent));
      }
    }
    long added =
        request.children().stream().filter(child -> session.task(child.id()).isEmpty()).count();
    if (session.tasks().size() + added > Plan.MAX_TASKS) {
      problems.add(
          "the session would have %d tasks (expected: at most %d)"
              .formatted(session.tasks().size() + added, Plan.MAX_TASKS));
    }
    if (request.waitFor() instanceof Wait.ForChildren(var ids)) {
      for (TaskId id : ids) {
        boolean created = request.children().stream().anyMatch(child -> child.id().equals(id));
        if (!isChild(parent, id) || (!created && session.task(id).isEmpty())) {
          problems.add("%s waits for %s, which is no child of it".formatted(parent, id));
        }
      }
    }
    if (problems.isEmpty()) {
      neverReady(session.suspended(parent, request), parent, request, problems);
    }
    return problems;
  }

  /** Children that could never be tried, so that the session would never end. */
  private static void neverReady(
      SessionState.Active suspended,
      TaskId parent,
      AttemptRequest.Suspend request,
      List<String> problems) {
    for (TaskSpec child : request.children()) {
      for (TaskId before : child.after()) {
        if (suspended.task(before).isEmpty()) {
          problems.add("task %s comes after %s, which is unknown".formatted(child.id(), before));
        }
      }
    }
    if (!problems.isEmpty() || WaitGraph.from(parent, suspended).stuck().isEmpty()) {
      return;
    }
    problems.add(
        "these tasks would wait for each other: "
            + String.join(
                ", ", WaitGraph.of(suspended).stuck().stream().map(TaskId::name).toList()));
  }

  static boolean isChild(TaskId parent, TaskId id) {
    String prefix = parent.value() + ".";
    return id.value().startsWith(prefix) && id.value().indexOf('.', prefix.length()) < 0;
  }

  /** Wakes, together with the events, every task that waited for just these to happen. */
  static List<SessionEvent> withWakeUps(
      SessionState.Active session, List<SessionEvent> events, Instant now) {
    SessionState state = session;
    var concerned = new LinkedHashSet<TaskId>();
    for (SessionEvent event : events) {
      concerned.addAll(mayWake(session, event));
      state = state.apply(event);
    }
    var all = new ArrayList<>(events);
    if (state instanceof SessionState.Active after) {
      concerned.stream()
          .filter(after::wakes)
          .forEach(task -> all.add(new TaskWoken(now, task, null)));
    }
    return all;
  }

  private static List<TaskId> mayWake(SessionState.Active before, SessionEvent event) {
    return switch (event) {
      case TaskSettled settled -> before.followersOf(settled.task());
      case TaskDied died -> before.followersOf(died.task());
      case TaskSuspended suspended -> List.of(suspended.task());
      case SessionEvent.SessionOpened _,
          SessionEvent.PlanRecorded _,
          SessionEvent.EpochStarted _,
          AttemptEnded _,
          TaskWoken _,
          TaskHandedOff _,
          SessionEvent.TasksRetried _,
          SessionEvent.TaskDiscarded _,
          SessionEvent.FollowUpAsked _,
          SessionEvent.SessionPaused _,
          SessionEvent.SessionUnpaused _,
          SessionEvent.SessionPrioritised _,
          SessionEvent.SessionConcluded _ ->
          List.of();
    };
  }
}
