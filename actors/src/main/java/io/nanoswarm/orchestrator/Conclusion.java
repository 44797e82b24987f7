package io.nanoswarm.orchestrator;

import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a session ends whose tasks have all ended. Pure. Never {@link Ending.Completed} if something
 * was left out.
 */
final class Conclusion {
  /** How many tasks are named that were not completed; of more, their number is told. */
  static final int MOST_MISSING = 100;

  private Conclusion() {}

  /**
   * @param answered whether anything stands in {@code final/}
   */
  static Ending of(SessionState.Active session, boolean answered) {
    TaskRecord answer = session.task(Objects.requireNonNull(session.answer())).orElseThrow();
    if (!answer.completed()) {
      return new Ending.Failed("%s: %s".formatted(answer.spec().title(), reason(answer)));
    }
    List<String> missing = missing(session);
    if (!answered) {
      missing.add("nothing was written to final/");
    }
    return missing.isEmpty() ? new Ending.Completed() : new Ending.Partial(missing);
  }

  private static List<String> missing(SessionState.Active session) {
    var missing = new ArrayList<String>();
    int left = 0;
    for (TaskRecord task : session.tasksOfQuestion()) {
      if (!task.completed() && missing.size() < MOST_MISSING) {
        missing.add("%s: %s".formatted(task.spec().title(), reason(task)));
      } else if (!task.completed()) {
        left++;
      }
    }
    if (left > 0) {
      missing.add("and %d tasks more".formatted(left));
    }
    return missing;
  }

  private static String reason(TaskRecord task) {
    return switch (task.phase()) {
      case TaskRecord.Dead(var why, _) when task.attempts() == 0 -> why;
      case TaskRecord.Dead dead ->
          "gave up after %d attempts, the last: %s".formatted(task.attempts(), dead.reason());
      case TaskRecord.Settled settled ->
          switch (settled.outcome()) {
            case Outcome.Completed(var summary) -> summary;
            case Outcome.Failed(var reason, _) -> reason;
            case Outcome.Cancelled(var reason) -> "cancelled: " + reason;
          };
      case TaskRecord.Open _ -> "not done";
      case TaskRecord.Suspended _ -> "still waiting";
    };
  }
}
