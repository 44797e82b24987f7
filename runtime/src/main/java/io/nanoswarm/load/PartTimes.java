package io.nanoswarm.load;

import io.nanoswarm.load.report.Part;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.TaskId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the time of tasks went. Pure. */
final class PartTimes {
  private PartTimes() {}

  /**
   * Milliseconds of a task in the mean, of those that were stored within the window. Together they
   * are, with a schedule, the time from the intended start to the outcome's being stored; without
   * one, from its agent's being free to that, since then all tasks are there from the beginning.
   *
   * @param settled in the order in which it was stored
   * @param intended when tasks should have arrived, empty without a schedule
   */
  static Map<Part, Double> of(
      List<TaskTimes> settled, Arrivals.Window window, Map<TaskId, Long> intended) {
    Map<AgentName, Long> free = new HashMap<>();
    Map<Part, Double> sums = new EnumMap<>(Part.class);
    int tasks = 0;
    for (TaskTimes times : settled) {
      Long freeSince = free.put(times.agent(), times.stored());
      if (window.has(times.stored()) && freeSince != null) {
        tasks++;
        add(sums, times, freeSince, intended.get(times.task()));
      }
    }
    int count = Math.max(1, tasks);
    sums.replaceAll((_, micros) -> micros / count / 1e3);
    return sums;
  }

  private static void add(
      Map<Part, Double> sums, TaskTimes times, long freeSince, @Nullable Long intended) {
    long begun = Math.max(times.ready(), freeSince);
    var stamps = times.stamps();
    if (intended != null) {
      add(sums, Part.ARRIVING, intended, times.ready());
      add(sums, Part.WAITING, times.ready(), Math.min(begun, times.granted()));
    }
    add(sums, Part.SCHEDULING, begun, times.granted());
    add(sums, Part.TO_AGENT, times.granted(), stamps.begun());
    add(sums, Part.AGENT, stamps.begun(), stamps.worked());
    add(sums, Part.POSTING, stamps.worked(), stamps.posted());
    add(sums, Part.TO_SESSION, stamps.posted(), times.decided());
    add(sums, Part.JOURNAL, times.decided(), times.stored());
  }

  private static void add(Map<Part, Double> sums, Part part, long from, long to) {
    sums.merge(part, (double) Math.max(0, to - from), Double::sum);
  }
}
