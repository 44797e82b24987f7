package io.nanoswarm.load.report;

import java.util.Collection;
import java.util.List;

/**
 * One figure, measured several times.
 *
 * @param values in the order in which they were measured, at least one
 */
public record Spread(double min, double median, double max, List<Double> values) {
  public Spread {
    values = List.copyOf(values);
  }

  /**
   * @throws IllegalArgumentException if there is no value
   */
  public static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values: none (expected: at least one)");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast(), List.copyOf(values));
  }
}
