package io.nanoswarm.session;

import io.nanoswarm.session.Assignment.TaskResult;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what a host is told of the attempt it begins. Pure. */
final class Assignments {
  private Assignments() {}

  static Assignment of(SessionState.Active session, Running attempt, Duration lease) {
    TaskRecord task = session.task(attempt.task()).orElseThrow();
    TaskRecord.Open open =
        task.phase() instanceof TaskRecord.Open phase ? phase : TaskRecord.Open.NEW;
    return new Assignment(
        task.spec(),
        session.opening().goal(),
        session.opening().workspace(),
        attempt.fence(),
        attempt.number(),
        lease,
        attempt.deadline(),
        results(session, task),
        open.checkpoint(),
        open.reply(),
        open.handedOffBy());
  }

  private static List<TaskResult> results(SessionState.Active session, TaskRecord task) {
    return session.tasks().values().stream()
        .filter(other ->
            task.spec().after().contains(other.id()) || Decision.isChild(task.id(), other.id()))
        .filter(TaskRecord::ended)
        .map(Assignments::result)
        .toList();
  }

  private static TaskResult result(TaskRecord task) {
    return switch (task.phase()) {
      case TaskRecord.Settled settled -> result(task, settled.fence(), settled.outcome());
      case TaskRecord.Dead dead -> result(task, null, new Outcome.Failed(dead.reason(), false));
      case TaskRecord.Open _, TaskRecord.Suspended _ ->
          throw new IllegalStateException(
              "task %s: %s (expected: ended)".formatted(task.id(), task.phase()));
    };
  }

  private static TaskResult result(TaskRecord task, @Nullable Fence fence, Outcome outcome) {
    return new TaskResult(task.id(), task.spec().title(), fence, outcome);
  }
}
