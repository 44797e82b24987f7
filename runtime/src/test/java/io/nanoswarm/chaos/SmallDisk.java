package io.nanoswarm.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes in memory, mounted where the test may do that. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Skips the test, and says why, where nothing can be mounted. */
  static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var said =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    Assumptions.assumeTrue(said.isEmpty(), "no file system can be mounted here: " + said);
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /** Takes all the room there is. */
  Path fill() throws IOException {
    Path filler = folder.resolve("filler");
    var block = new byte[4096];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
    return filler;
  }

  void readOnly() throws IOException, InterruptedException {
    require(run("mount", "-o", "remount,ro", folder.toString()));
  }

  @Override
  public void close() throws IOException {
    try {
      require(run("umount", folder.toString()));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void require(String said) {
    if (!said.isEmpty()) {
      throw new AssertionError(said);
    }
  }

  /** What it says if it fails; nothing if it does not. */
  private static String run(String... command) throws InterruptedException {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? "" : said + " (exit code " + process.exitValue() + ")";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
