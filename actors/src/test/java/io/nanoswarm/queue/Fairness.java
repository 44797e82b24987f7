package io.nanoswarm.queue;

import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  }

  private final Map<TaskId, Waits> waiting = new LinkedHashMap<>();

  /** Who was served since a task began to wait, or its session was served itself. */
  private final Map<TaskId, Set<SessionId>> passedOver = new HashMap<>();

  private final List<String> contradictions = new ArrayList<>();
  private long offers;
  private long matches;

  List<String> contradictions() {
    return contradictions;
  }

  void offered(TaskId task, Priority priority) {
    waiting.put(task, new Waits(task, priority, offers++));
    passedOver.put(task, new HashSet<>());
  }

  /** A task that waits has another priority: it has waited as long as it has. */
  void prioritised(TaskId task, Priority priority) {
    waiting.computeIfPresent(task, (_, before) -> new Waits(task, priority, before.since()));
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
    passedOver.remove(task);
    passedOver.forEach((other, sessions) -> {
      if (other.session().equals(task.session())) {
        sessions.clear();
      } else {
        sessions.add(task.session());
      }
    });
  }

  private void inTurn(Waits served, Priority top) {
    for (Waits other : waiting.values()) {
      if (other.priority() == top && !other.session().equals(served.session())) {
        expect(
            !passedOver.get(other.task()).contains(served.session()),
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
