package io.nanoswarm.samples.bench;

import java.util.List;
import java.util.Locale;

/** Repeated measurements of one thing, smallest first. */
record Spread(List<Double> values) {
  Spread {
    values = values.stream().sorted().toList();
  }

  double median() {
    int half = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(half)
        : (values.get(half - 1) + values.get(half)) / 2;
  }

  /** As {@code 1.92 (1.80–1.95)}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.2f (%.2f–%.2f)", median(), values.getFirst(), values.getLast());
  }
}
