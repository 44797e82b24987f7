package io.nanoswarm.samples.s01hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HelloMainTest {
  private static final String NAME = HelloMain.class.getName();

  @TempDir Path scratch;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void a_swarm_is_started_greets_from_another_process_and_ends() throws Exception {
    var main =
        new ProcessBuilder(
            java(), "-Djava.io.tmpdir=" + scratch, "-cp", classPath(), NAME, "ready?");
    var process = main.redirectError(ProcessBuilder.Redirect.INHERIT).start();

    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output)
        .contains("# Hello", "You asked: ready?")
        .containsPattern("answered by greeter-1 in process \\d+; this is process " + process.pid())
        .doesNotContain("in process " + process.pid() + ";");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
