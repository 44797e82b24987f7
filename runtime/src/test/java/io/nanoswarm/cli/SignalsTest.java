package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.Foreground;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a JVM of its own, since signals are for whole processes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SignalsTest {

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void a_signal_during_run_pauses_the_session(String signal, int code)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(Foreground.prefix());
    line.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LiveDemo.class.getName(),
            "run",
            "Why?"));
    var run = new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    var told = new ArrayList<String>();
    try (var err = run.errorReader(StandardCharsets.UTF_8)) {
      for (var text = err.readLine(); text != null; text = err.readLine()) {
        told.add(text);
        if (text.contains("session 7f3a-session")) {
          new ProcessBuilder("kill", "-" + signal, "" + run.pid()).start().waitFor();
        }
      }
    }

    assertThat(run.waitFor()).isEqualTo(code);
    assertThat(told.getLast()).isEqualTo("› paused; continue with: ./swarm resume 7f3a-session");
  }
}
