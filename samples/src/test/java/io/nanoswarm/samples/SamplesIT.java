package io.nanoswarm.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
        "s09bots     | 1 2 3 4 5 6",
        "s10nodeloss | Attempt 2 began with step"
      })
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void a_sample_answers(String name, String answer) throws Exception {
    assertThat(output(name)).contains(answer);
  }

  private String output(String name) throws IOException, InterruptedException {
    var run = new ProcessBuilder("samples/run", name);
    run.directory(Path.of("").toAbsolutePath().getParent().toFile());
    run.environment().put("NANOSWARM_JDK", System.getProperty("java.home"));
    run.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + scratch);
    var process = run.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
