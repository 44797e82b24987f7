package io.nanoswarm.skills.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a process writes, from its beginning to its end: the middle is let go when it is long. */
public final class Output {
  private static final int CHUNK = 8192;
  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(5);

  private final int half;
  private final long limit;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final byte[] tail;
  private final CompletableFuture<Void> flood = new CompletableFuture<>();
  private final CompletableFuture<Void> read = new CompletableFuture<>();
  private long total;

  private Output(long limit, int kept) {
    this.limit = limit;
    half = kept / 2;
    tail = new byte[half];
  }

  /**
   * Reads on a thread of its own, so that the process never waits for us.
   *
   * @param limit after that many bytes the output is a flood, and no more is read
   * @param kept how many bytes of the beginning and the end are wanted
   */
  static Output reading(InputStream from, long limit, int kept) {
    var output = new Output(limit, kept);
    Thread.ofPlatform().daemon().name("output").start(() -> output.read(from));
    return output;
  }

  private void read(InputStream from) {
    var chunk = new byte[CHUNK];
    try (from) {
      for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
        add(chunk, count);
        if (total > limit) {
          flood.complete(null);
          break;
        }
      }
    } catch (IOException _) {
      // Its process was ended: what came so far counts.
    }
    read.complete(null);
  }

  private void add(byte[] chunk, int count) {
    int toHead = Math.min(count, half - head.size());
    head.write(chunk, 0, toHead);
    for (int i = toHead; i < count; i++) {
      tail[(int) ((total + i - half) % half)] = chunk[i];
    }
    total += count;
  }

  /** Runs the action once more was written than may be. */
  void onFlood(Runnable action) {
    var _ = flood.thenRunAsync(action, task -> Thread.ofVirtual().start(task));
  }

  boolean flooded() {
    return flood.isDone();
  }

  /**
   * Until all is read. A process that nobody found may hold the stream open: it is not waited for
   * longer than some seconds.
   */
  void await() throws InterruptedException {
    try {
      read.get(DRAINED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // What came so far counts.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many bytes were written. */
  public long total() {
    return total;
  }

  /** How many bytes of the middle were let go. */
  public long leftOut() {
    return Math.max(0, total - head.size() - half);
  }

  /** What was kept, as UTF-8; a line in its middle tells if something is missing. */
  public String text() {
    return joined("\n\n... (%,d bytes left out) ...\n\n".formatted(leftOut()));
  }

  /** What was kept, with no word of what is missing. */
  String kept() {
    return joined("");
  }

  private String joined(String gap) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.toByteArray());
    long behind = total - head.size();
    if (behind > half) {
      all.writeBytes(gap.getBytes(StandardCharsets.UTF_8));
      int start = (int) (behind % half);
      all.write(tail, start, half - start);
      all.write(tail, 0, start);
    } else {
      all.write(tail, 0, (int) behind);
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
