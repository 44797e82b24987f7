package io.nanoswarm.tracing;

import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.Spans;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts what exports with the first span that has ended, on a thread of its own: a worker is
 * waited for when it starts, and not when its first attempt is over.
 *
 * <p>Guarantees: spans go on in the order in which they ended, those that waited for the start
 * before all others; {@link #close} waits for those, 2 s at most. If it cannot be started, all are
 * dropped.
 */
final class LateTracing implements Tracing, Spans {
  /** What waits while it starts; more is dropped. */
  static final int MOST_WAITING = 2048;

  private static final int CLOSE_SECONDS = 2;

  private final Supplier<Tracing> start;
  private final Queue<EndedSpan> waiting = new ArrayDeque<>();
  private final CompletableFuture<Tracing> begun = new CompletableFuture<>();
  private boolean wanted;
  private @Nullable Tracing started;

  LateTracing(Supplier<Tracing> start) {
    this.start = start;
  }

  @Override
  public Spans spans() {
    return this;
  }

  @Override
  public synchronized void ended(EndedSpan span) {
    if (started != null) {
      started.spans().ended(span);
      return;
    }
    if (waiting.size() < MOST_WAITING) {
      waiting.add(span);
    }
    if (!wanted) {
      wanted = true;
      Thread.ofPlatform().daemon().name("traces-start").start(this::begin);
    }
  }

  private void begin() {
    Tracing tracing = new Nothing();
    try {
      tracing = start.get();
    } finally {
      sendWaiting(tracing);
      begun.complete(tracing);
    }
  }

  private synchronized void sendWaiting(Tracing tracing) {
    waiting.forEach(tracing.spans()::ended);
    waiting.clear();
    started = tracing;
  }

  private synchronized boolean isWanted() {
    return wanted;
  }

  @Override
  public void close() {
    if (!isWanted()) {
      return;
    }
    try {
      begun.get(CLOSE_SECONDS, TimeUnit.SECONDS).close();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException _) {
      // It has not come to be yet: what waits is lost.
    } catch (ExecutionException e) {
      throw new IllegalStateException("it is never completed in this way", e);
    }
  }
}
