package io.nanoswarm.load;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Moments at even distances, kept by a thread of its own. What comes late comes at once and does
 * not move what follows: each moment is the one that was intended.
 */
final class ArrivalSchedule {
  private final double rate;
  private final InstantSource clock;
  private volatile long late;
  private volatile boolean over;

  /**
   * @param rate moments in a second
   */
  ArrivalSchedule(double rate, InstantSource clock) {
    this.rate = rate;
    this.clock = clock;
  }

  /** How many moments a time has. */
  static long count(double rate, Duration time) {
    return (long) Math.ceil(rate * time.toNanos() / 1e9);
  }

  /**
   * @param arrive is told each moment when it has come, in microseconds since 1970; must not block
   */
  void begin(Duration time, LongConsumer arrive) {
    long start = Stamps.micros(clock.instant());
    long count = count(rate, time);
    var _ =
        Thread.ofPlatform().daemon().name("load-schedule").start(() -> keep(start, count, arrive));
  }

  private void keep(long start, long count, LongConsumer arrive) {
    for (long i = 0; i < count && !over; i++) {
      long intended = start + Math.round(i * 1e6 / rate);
      long ahead = intended - Stamps.micros(clock.instant());
      while (ahead > 0 && !over) {
        LockSupport.parkNanos(this, TimeUnit.MICROSECONDS.toNanos(ahead));
        ahead = intended - Stamps.micros(clock.instant());
      }
      late = Math.max(late, -ahead);
      arrive.accept(intended);
    }
  }

  /** Microseconds that a moment was told too late, at worst so far. */
  long late() {
    return late;
  }

  /** No moment more, but for one that is being told. */
  void end() {
    over = true;
  }
}
