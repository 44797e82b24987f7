package io.nanoswarm.supervisor;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next restart: doubling, bounded, and shortened by chance so that what
 * died together does not start together.
 *
 * @param min before the first restart
 * @param max the longest wait
 * @param jitter the share of a wait that chance may take away, 0 to 1
 */
record Backoff(Duration min, Duration max, double jitter) {

  /** Beyond it doubling would overflow; any sensible maximum is reached long before. */
  private static final int MOST_DOUBLINGS = 30;

  Backoff {
    if (!min.isPositive() || max.compareTo(min) < 0 || jitter < 0 || jitter > 1) {
      throw new IllegalArgumentException(
          "backoff: %s to %s, jitter %s (expected: 0 < min <= max, jitter 0 to 1)"
              .formatted(min, max, jitter));
    }
  }

  /**
   * The wait after a death.
   *
   * @param deaths in a row, from 1
   */
  Duration after(int deaths, RandomGenerator random) {
    var doubled = min.multipliedBy(1L << Math.clamp(deaths - 1, 0, MOST_DOUBLINGS));
    var whole = doubled.compareTo(max) > 0 ? max : doubled;
    var kept = 1 - jitter * random.nextDouble();
    return Duration.ofNanos((long) (whole.toNanos() * kept));
  }
}
