package io.nanoswarm.client;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a thread of their own opens and reads, so that waiting for the next one can end.
 *
 * <p>Lifecycle: to be closed, which ends the thread and with it the connection.
 */
final class AwaitedLines implements AutoCloseable {
  private static final int READ_AHEAD = 1000;

  /** What comes next. */
  sealed interface Item {}

  record Line(String text) implements Item {}

  /**
   * Nothing more comes.
   *
   * @param cause null if the lines ended by themselves
   */
  record End(@Nullable Exception cause) implements Item {}

  /** Connects, which may take as long as reading. */
  @FunctionalInterface
  interface Opening {
    Stream<String> open() throws Exception;
  }

  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(READ_AHEAD);
  private final Thread reader;

  AwaitedLines(Opening opening) {
    reader = Thread.ofVirtual().name("events").start(() -> read(opening));
  }

  /** Null if nothing comes within that time. */
  @Nullable Item next(Duration within) throws InterruptedException {
    return items.poll(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void read(Opening opening) {
    try {
      items.put(readToEnd(opening));
    } catch (InterruptedException _) {
      // Closed: nobody waits for the end.
    }
  }

  private End readToEnd(Opening opening) throws InterruptedException {
    try (var lines = opening.open()) {
      for (var line : (Iterable<String>) lines::iterator) {
        items.put(new Line(line));
      }
      return new End(null);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return new End(e);
    }
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
