package io.nanoswarm.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerOutputTest {
  private static final long LIMIT = 64 * 1024;

  @TempDir Path folder;

  @Test
  void a_flood_is_read_to_its_end_and_its_latest_part_is_kept() throws Exception {
    var flood = new Flood(100 * LIMIT);

    WorkerOutput.follow(flood, folder, "worker-1", LIMIT).join();

    assertThat(flood.left).hasValue(0);
    long kept = Files.size(file("worker-1.log")) + Files.size(file("worker-1.older.log"));
    assertThat(kept).isBetween(LIMIT, 2 * LIMIT);
    assertThat(Files.readString(file("worker-1.log"))).endsWith("the end");
  }

  @Test
  void a_worker_that_prints_nothing_leaves_no_file() throws Exception {
    WorkerOutput.follow(InputStream.nullInputStream(), folder, "worker-1", LIMIT).join();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void output_that_cannot_be_written_is_read_all_the_same() throws Exception {
    var flood = new Flood(3 * LIMIT);

    WorkerOutput.follow(flood, folder.resolve("absent"), "worker-1", LIMIT).join();

    assertThat(flood.left).hasValue(0);
  }

  @Test
  void a_few_words_are_kept_as_they_are() throws Exception {
    var words = new ByteArrayInputStream("out of cheese\n".getBytes(UTF_8));

    WorkerOutput.follow(words, folder, "worker-1", LIMIT).join();

    assertThat(file("worker-1.log")).hasContent("out of cheese");
    assertThat(file("worker-1.older.log")).doesNotExist();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /** So many bytes that a worker might print, the last of them {@code the end}. */
  private static final class Flood extends InputStream {
    private static final byte[] END = "the end".getBytes(UTF_8);
    final AtomicLong left;

    Flood(long bytes) {
      left = new AtomicLong(bytes);
    }

    @Override
    public int read() throws IOException {
      if (left.get() == 0) {
        return -1;
      }
      long at = left.getAndDecrement();
      return at > END.length ? 'x' : END[END.length - (int) at];
    }
  }
}
