package io.nanoswarm.queue;

import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges who was served by what is promised: higher priorities first, sessions in turn, and every
 * eighth match to the oldest of a lower priority. Knows nothing of how the queue decides; for tasks
 * without needs.
 */
final class Fairness {
  private record Waits(TaskId task, Priority priority, long since) {
    SessionId session() {
      return task.session();
    }

    Line line() {
      return new Line(task.session(), priority);
    }
  }

  private final Map<TaskId, Waits> waiting = new LinkedHashMap<>();

  /** A session that waits, in one priority. */
  private record Line(SessionId session, Priority priority) {}

  /** Who was served how often since a session began to wait, or was served itself. */
  private final Map<Line, Map<SessionId, Integer>> passedOver = new HashMap<>();

  private final List<String> contradictions = new ArrayList<>();
  private long offers;
  private long matches;

  List<String> contradictions() {
    return contradictions;
  }

  void offered(TaskId task, Priority priority) {
    var waits = new Waits(task, priority, offers++);
    if (waiting.values().stream().map(Waits::line).noneMatch(waits.line()::equals)) {
      passedOver.put(waits.line(), new HashMap<>());
    }
    waiting.put(task, waits);
  }

  void matched(TaskId task) {
    matches++;
    Waits served = waiting.get(task);
    if (served == null) {
      contradictions.add("%s was matched and did not wait".formatted(task));
      return;
    }
    Priority top =
        waiting.values().stream().map(Waits::priority).max(Comparator.naturalOrder()).orElseThrow();
    Waits lower =
        waiting.values().stream()
            .filter(each -> each.priority().compareTo(top) < 0)
            .min(Comparator.comparingLong(Waits::since))
            .orElse(null);
    boolean eighth = matches % 8 == 0;
    if (eighth && lower != null) {
      expect(served.equals(lower), "match %d is %s, not %s", matches, served, lower);
    } else {
      expect(served.priority() == top, "match %d is %s, though %s waits", matches, served, top);
      inTurn(served, top);
    }
    waiting.remove(task);
    passedOver.forEach((line, others) -> {
      if (line.session().equals(task.session())) {
        others.clear();
      } else {
        others.merge(task.session(), 1, Integer::sum);
      }
    });
  }

  private void inTurn(Waits served, Priority top) {
    for (Waits other : waiting.values()) {
      if (other.priority() == top && !other.session().equals(served.session())) {
        int times = passedOver.get(other.line()).getOrDefault(served.session(), 0);
        expect(
            times == 0,
            "match %d is %s, whose session was served while %s waited",
            matches,
            served,
            other);
      }
    }
  }

  private void expect(boolean so, String otherwise, Object... of) {
    if (!so) {
      contradictions.add(otherwise.formatted(of));
    }
  }
}
