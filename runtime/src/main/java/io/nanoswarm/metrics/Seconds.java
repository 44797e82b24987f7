package io.nanoswarm.metrics;

import java.time.Duration;

/** Durations in the unit of metrics. */
final class Seconds {
  private Seconds() {}

  static double of(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
