package io.nanoswarm.chaos;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has shown.
 *
 * @param sessions how many ended in which way
 * @param acknowledged how much was told to somebody, and compared with the journal
 * @param events in the journal
 * @param faults each with its moment, in their order
 * @param lost what was acknowledged and is not in the journal
 * @param problems what contradicts the promises, one sentence each
 * @param left processes, ports, locks and files that are left
 * @param kept where data and log are, null if nothing is kept
 */
public record ChaosReport(
    long seed,
    long seconds,
    Map<String, Integer> sessions,
    long acknowledged,
    long events,
    List<Row> faults,
    List<String> lost,
    List<String> problems,
    List<String> left,
    @Nullable String kept) {

  /**
   * A fault at a moment.
   *
   * @param lost what was acknowledged before such a fault, and after the one before it, and is gone
   * @param medianMillis to going on: from the fault to the moment that a task it hit is settled, or
   *     the next one of the agent that it hit; null if that was not seen
   * @param worstMillis likewise
   */
  public record Row(
      String fault,
      String moment,
      int count,
      int lost,
      @Nullable Long medianMillis,
      @Nullable Long worstMillis) {}

  public ChaosReport {
    faults = List.copyOf(faults);
    lost = List.copyOf(lost);
    problems = List.copyOf(problems);
    left = List.copyOf(left);
  }

  /** Whether every promise was kept. */
  public boolean sound() {
    return lost.isEmpty() && problems.isEmpty() && left.isEmpty();
  }

  ChaosReport keptAt(String place) {
    return new ChaosReport(
        seed, seconds, sessions, acknowledged, events, faults, lost, problems, left, place);
  }
}
