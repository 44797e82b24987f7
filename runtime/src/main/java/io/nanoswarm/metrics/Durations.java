package io.nanoswarm.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;

/** How many durations were how long. Belongs to one owner, which sees to threads. */
final class Durations {
  /** Agents answer within milliseconds or work for an hour. */
  private static final double[] UP_TO = {
    0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1800, 3600, Double.POSITIVE_INFINITY
  };

  private final long[] counts = new long[UP_TO.length];
  private double sum;

  void add(Duration duration) {
    double seconds = Seconds.of(duration);
    int bucket = 0;
    while (seconds > UP_TO[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    sum += seconds;
  }

  HistogramDataPointSnapshot now(Labels labels) {
    var buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < UP_TO.length; i++) {
      buckets.bucket(UP_TO[i], counts[i]);
    }
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(buckets.build())
        .sum(sum)
        .build();
  }
}
