package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own: what has been loaded there is of this journal alone. */
class OneDriverTest {
  @TempDir Path folder;

  /** Stores something as a node does; to be started with {@code -verbose:class}. */
  public static final class Storing {
    public static void main(String[] folder) throws Exception {
      var journal = new H2File(Path.of(folder[0], "journal"), Path.of(folder[0], "artifacts"));
      journal.prepare();
      try (var node = new Entities(journal)) {
        if (!node.remembers(node.memory("session", "agent"), "k", "v", Entities.PATIENCE)) {
          throw new AssertionError("not stored");
        }
      }
    }
  }

  @Test
  void a_journal_in_a_file_loads_no_driver_of_another_database() throws Exception {
    Path output = folder.resolve("loaded");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                Storing.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("see %s", output).isZero();
    assertThat(output).content().contains("org.h2.Driver").doesNotContain("org.postgresql");
  }
}
