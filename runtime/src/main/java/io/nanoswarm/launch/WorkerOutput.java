package io.nanoswarm.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a worker prints to a file, and when that is full begins it anew beside the one before
 * it: at most twice the limit is kept, the latest always.
 *
 * <p>Guarantees: a worker that prints is never held up for long, also if its output cannot be
 * written: then it is lost. A worker that prints nothing leaves no file.
 *
 * <p>Lifecycle: ends when the worker, and every process that it has passed its output on to, has
 * closed it.
 */
final class WorkerOutput {
  private static final int BUFFER = 8 * 1024;

  private final Path file;
  private final Path older;
  private final long limit;
  private @Nullable OutputStream out;
  private long written;

  private WorkerOutput(Path file, Path older, long limit) {
    this.file = file;
    this.older = older;
    this.limit = limit;
  }

  /**
   * Follows the output on a thread of its own.
   *
   * @param limit of one file, in bytes
   */
  static Thread follow(InputStream output, Path folder, String name, long limit) {
    var kept =
        new WorkerOutput(folder.resolve(name + ".log"), folder.resolve(name + ".older.log"), limit);
    return Thread.ofPlatform().daemon().name("output-" + name).start(() -> kept.readToEnd(output));
  }

  private void readToEnd(InputStream output) {
    var buffer = new byte[BUFFER];
    try (output) {
      for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
        keep(buffer, count);
      }
    } catch (IOException _) {
      // The pipe is gone, and nothing more will come.
    } finally {
      close();
    }
  }

  /**
   * What cannot be written is dropped: the pipe must be emptied, or the worker would stand still.
   */
  private void keep(byte[] bytes, int count) {
    try {
      if (written + count > limit) {
        close();
        Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        written = 0;
      }
      if (out == null) {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      out.write(bytes, 0, count);
      written += count;
    } catch (IOException _) {
      close();
    }
  }

  private void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException _) {
      // A file without buffer: nothing that was written is lost.
    }
    out = null;
  }
}
