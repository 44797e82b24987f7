package io.nanoswarm.tracing;

import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.Spans;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts what exports with the first span that has ended, on a thread of its own: a worker is
 * waited for when it starts, and not when its first attempt is over.
 */
final class LateTracing implements Tracing, Spans {
  /** What waits while it starts; more is dropped. */
  private static final int MOST_WAITING = 2048;

  private static final int CLOSE_SECONDS = 2;

  private final Supplier<Tracing> start;
  private final AtomicInteger waiting = new AtomicInteger();
  private @Nullable CompletableFuture<Tracing> started;

  LateTracing(Supplier<Tracing> start) {
    this.start = start;
  }

  @Override
  public Spans spans() {
    return this;
  }

  @Override
  public void ended(EndedSpan span) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return;
    }
    var _ =
        started()
            .thenAccept(tracing -> tracing.spans().ended(span))
            .whenComplete((_, _) -> waiting.decrementAndGet());
  }

  private synchronized CompletableFuture<Tracing> started() {
    if (started == null) {
      var starting = new CompletableFuture<Tracing>();
      started = starting;
      Thread.ofPlatform()
          .daemon()
          .name("traces-start")
          .start(() -> starting.completeAsync(start, Runnable::run));
    }
    return started;
  }

  @Override
  public void close() {
    CompletableFuture<Tracing> begun;
    synchronized (this) {
      begun = started;
    }
    try {
      if (begun != null) {
        begun.get(CLOSE_SECONDS, TimeUnit.SECONDS).close();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      // It never came to be: nothing is under way.
    }
  }
}
