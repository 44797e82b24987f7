package io.nanoswarm.testkit.internal;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** A scheduler, and a clock, whose time passes when it is told to. Made by the actor system. */
public final class VirtualTime extends AbstractScheduler implements InstantSource {
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
  private long now;
  private long numbers;

  private final class Timer implements Cancellable {
    private final Runnable runnable;
    private final ExecutionContext executor;
    private final @Nullable Duration interval;
    private final long number = ++numbers;
    private long due;
    private boolean cancelled;

    Timer(long due, @Nullable Duration interval, Runnable runnable, ExecutionContext executor) {
      this.due = due;
      this.interval = interval;
      this.runnable = runnable;
      this.executor = executor;
    }

    long due() {
      return due;
    }

    long number() {
      return number;
    }

    @Override
    public boolean cancel() {
      synchronized (VirtualTime.this) {
        boolean pending = timers.remove(this) && !cancelled;
        cancelled = true;
        return pending;
      }
    }

    @Override
    public boolean isCancelled() {
      synchronized (VirtualTime.this) {
        return cancelled;
      }
    }
  }

  /** As Pekko calls it. */
  public VirtualTime(Config config, LoggingAdapter log, ThreadFactory threads) {}

  @Override
  public synchronized Instant instant() {
    return BEGINNING.plusNanos(now);
  }

  /** When the next timer is due, if there is one. */
  public synchronized Optional<Instant> next() {
    return Optional.ofNullable(timers.peek()).map(timer -> BEGINNING.plusNanos(timer.due()));
  }

  /** Lets time pass up to a moment; whoever is due then has their turn afterwards. */
  public synchronized void passTo(Instant moment) {
    now = Math.max(now, Duration.between(BEGINNING, moment).toNanos());
    while (!timers.isEmpty() && timers.peek().due() <= now) {
      Timer timer = timers.remove();
      timer.executor.execute(timer.runnable);
      if (timer.interval != null) {
        timer.due += timer.interval.toNanos();
        timers.add(timer);
      }
    }
  }

  @Override
  public synchronized Cancellable scheduleOnce(
      FiniteDuration delay, Runnable runnable, ExecutionContext executor) {
    return started(new Timer(now + delay.toNanos(), null, runnable, executor));
  }

  @Override
  @SuppressWarnings("deprecation") // what the newer methods of the class are made of
  public synchronized Cancellable schedule(
      FiniteDuration initialDelay,
      FiniteDuration interval,
      Runnable runnable,
      ExecutionContext executor) {
    return started(
        new Timer(
            now + initialDelay.toNanos(),
            Duration.ofNanos(interval.toNanos()),
            runnable,
            executor));
  }

  private Timer started(Timer timer) {
    if (timer.due() <= now) {
      timer.executor.execute(timer.runnable);
    } else {
      timers.add(timer);
    }
    return timer;
  }

  @Override
  public double maxFrequency() {
    return 1000;
  }
}
