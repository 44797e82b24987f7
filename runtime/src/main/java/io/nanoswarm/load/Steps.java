package io.nanoswarm.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Computing that no compiler can shorten: each step needs the one before. */
final class Steps {
  private static final long SEED = 88_172_645_463_325_252L;
  private static final long AT_ONCE = 2_000_000;
  private static final Duration WARM_UP = Duration.ofMillis(150);
  private static final int ROUNDS = 5;

  private Steps() {}

  /** The result says that they were made. */
  static long make(long steps) {
    long state = SEED;
    for (long left = steps; left > 0; left--) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
    }
    return state;
  }

  /** How many steps this JVM makes in that time, by the best of some rounds after a warm-up. */
  static long in(Duration time, InstantSource clock) {
    Instant warm = clock.instant().plus(WARM_UP);
    long seen = 0;
    while (clock.instant().isBefore(warm)) {
      seen ^= make(AT_ONCE / 10);
    }
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      Instant begun = clock.instant();
      seen ^= make(AT_ONCE);
      best = Math.min(best, Duration.between(begun, clock.instant()).toNanos());
    }
    // Uses what was computed, so that no compiler leaves it out.
    return Math.max(1, AT_ONCE * time.toNanos() / Math.max(1, best) + (seen == 0 ? 1 : 0));
  }
}
