package io.nanoswarm.session;

import io.nanoswarm.session.Assignment.TaskResult;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what a host is told of the attempt it begins. Pure. */
final class Assignments {
  private Assignments() {}

  /** How many bytes of results one message holds at most, if it holds more than one. */
  private static final int PAGE_BYTES = 64 * 1024;

  /** What a result takes besides its texts. */
  private static final int RESULT_BYTES = 256;

  /**
   * @param next where the next page begins, 0 if this is the last
   */
  record Page(List<TaskResult> results, int next) {}

  /**
   * Without the names of the tasks before it: a task may have thousands of them, and their results
   * tell.
   */
  static Assignment of(
      SessionState.Active session, Running attempt, Duration lease, List<TaskResult> results) {
    TaskRecord task = session.task(attempt.task()).orElseThrow();
    TaskRecord.Open open =
        task.phase() instanceof TaskRecord.Open phase ? phase : TaskRecord.Open.NEW;
    return new Assignment(
        task.spec().withAfter(List.of()),
        session.question().goal(),
        session.earlier(),
        session.question().workspace(),
        attempt.fence(),
        attempt.number(),
        lease,
        attempt.deadline(),
        results,
        open.checkpoint(),
        open.reply(),
        open.handedOffBy(),
        session.opening().trace());
  }

  /**
   * How the tasks ended that this one comes after, and its children, in this order.
   *
   * @param from where the page begins, 0 for the first
   */
  static Page results(SessionState.Active session, TaskId id, int from) {
    List<TaskId> after = session.task(id).orElseThrow().spec().after();
    List<TaskId> children = session.childrenOf(id);
    var page = new ArrayList<TaskResult>();
    long bytes = 0;
    for (int i = from; i < after.size() + children.size(); i++) {
      TaskId other = i < after.size() ? after.get(i) : children.get(i - after.size());
      TaskRecord task = session.task(other).orElse(null);
      if (task == null || !task.ended()) {
        continue;
      }
      TaskResult result = result(task);
      bytes += bytes(result);
      if (!page.isEmpty() && bytes > PAGE_BYTES) {
        return new Page(page, i);
      }
      page.add(result);
    }
    return new Page(page, 0);
  }

  private static long bytes(TaskResult result) {
    String text =
        switch (result.outcome()) {
          case Outcome.Completed(var summary) -> summary;
          case Outcome.Failed(var reason, _) -> reason;
          case Outcome.Cancelled(var reason) -> reason;
        };
    return RESULT_BYTES + 3L * (text.length() + result.title().length());
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
