package io.nanoswarm.load.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long tasks took, in milliseconds, over all repeats together; exact to three digits.
 *
 * @param tasks how many
 * @param p99 null if there were fewer than 100 tasks: one of them would decide it
 * @param p999 null if there were fewer than 1000
 * @param curve the distribution for a plot, from the lowest percentile to the highest
 */
public record Latency(
    long tasks,
    double p50,
    @Nullable Double p99,
    @Nullable Double p999,
    double max,
    List<Percentile> curve) {
  private static final int TICKS_EACH_HALF = 4;
  private static final int TASKS_FOR_P99 = 100;
  private static final int TASKS_FOR_P999 = 1000;

  /**
   * @param percent of the tasks that took no longer, 0 to 100
   */
  public record Percentile(double percent, double millis) {}

  public Latency {
    curve = List.copyOf(curve);
  }

  /**
   * @param micros in microseconds; null as a result if nothing was recorded
   */
  public static @Nullable Latency of(Histogram micros) {
    long count = micros.getTotalCount();
    if (count == 0) {
      return null;
    }
    var curve = new ArrayList<Percentile>();
    for (var at : micros.percentiles(TICKS_EACH_HALF)) {
      curve.add(new Percentile(at.getPercentileLevelIteratedTo(), at.getValueIteratedTo() / 1e3));
    }
    return new Latency(
        count,
        at(micros, 50),
        count < TASKS_FOR_P99 ? null : (Double) at(micros, 99),
        count < TASKS_FOR_P999 ? null : (Double) at(micros, 99.9),
        micros.getMaxValue() / 1e3,
        curve);
  }

  private static double at(Histogram micros, double percent) {
    return micros.getValueAtPercentile(percent) / 1e3;
  }
}
