package io.nanoswarm.load;

import java.time.InstantSource;

/** Counts what is done, from a moment on. Not thread safe. */
final class Rate {
  private final InstantSource clock;
  private long count;
  private long since;

  Rate(InstantSource clock) {
    this.clock = clock;
  }

  /** What was done before does not count. */
  void begin() {
    count = 0;
    since = Stamps.micros(clock.instant());
  }

  void add(long done) {
    count += done;
  }

  double perSecond() {
    return count / ((Stamps.micros(clock.instant()) - since) / 1e6);
  }
}
