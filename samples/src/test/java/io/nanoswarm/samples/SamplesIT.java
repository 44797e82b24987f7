package io.nanoswarm.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every sample as its page says: by the script, from the root, with real processes. */
class SamplesIT {
  @TempDir Path scratch;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s02pipeline | We need bread. We need a new lamp. We need more time.",
        "s03fanout   | 40 letters, in 4 parts",
        "s04delegation | The sum is 31.",
        "s05handoff  | triage told me: a customer says: the lamp is broken",
        "s06critic   | swarms of small agents answer large",
        "s07human    | Done.",
        "s08skills   | 2 lamps and 3 chairs: 327.25 EUR, tax included.",
        "s09bots     | 1 2 3 4 5 6",
        "s10nodeloss | Attempt 2 began with step"
      })
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void a_sample_answers(String name, String answer) throws Exception {
    assertThat(output(name)).contains(answer);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void what_nobody_answers_on_standard_input_is_answered_from_elsewhere() throws Exception {
    var process = sample("s07human").redirectError(ProcessBuilder.Redirect.PIPE).start();
    process.getOutputStream().close();
    try (var errors = process.errorReader()) {
      String command = errors.readLine();
      while (command != null && !command.startsWith("./swarm answer ")) {
        command = errors.readLine();
      }
      assertThat(command).isNotNull();

      assertThat(swarm(command.replace("\"", "").split(" "))).isZero();
      while (errors.readLine() != null) {} // what it says must not fill the pipe
    }

    assertThat(text(process)).contains("Done.");
    assertThat(process.waitFor()).isZero();
  }

  /** The program, as {@code ./swarm} would start it. */
  private static int swarm(String[] command) throws IOException, InterruptedException {
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                "runtime/target/dist/lib/*",
                "io.nanoswarm.SwarmMain"));
    line.addAll(List.of(command).subList(1, command.length));
    return new ProcessBuilder(line).directory(root()).inheritIO().start().waitFor();
  }

  private String output(String name) throws IOException, InterruptedException {
    var process = sample(name).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var typed = process.outputWriter()) {
      typed.write("yes\n");
    }
    String output = text(process);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private ProcessBuilder sample(String name) {
    var run = new ProcessBuilder("samples/run", name);
    run.directory(root());
    run.environment().put("NANOSWARM_JDK", System.getProperty("java.home"));
    run.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + scratch);
    return run;
  }

  private static File root() {
    return Path.of("").toAbsolutePath().getParent().toFile();
  }
}
