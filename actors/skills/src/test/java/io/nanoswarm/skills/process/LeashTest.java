package io.nanoswarm.skills.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a skill outlives its JVM. */
@EnabledIf(value = "io.nanoswarm.skills.process.Here#hasSetsid", disabledReason = "needs setsid")
final class LeashTest {
  @TempDir Path folder;
  @TempDir Path cache;

  @Test
  void processes_end_with_the_jvm_that_is_killed_even_those_that_ignore_the_end_of_their_input()
      throws Exception {
    new SkillFolder(folder, cache)
        .shell(
            """
            trap '' TERM HUP INT
            setsid sh -c 'sleep 1000 & exit' </dev/null >/dev/null 2>&1 &
            wait
            read -r request
            echo '{"id": 1, "result": "begun"}'
            while :; do sleep 1000; done
            """);
    Process jvm =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OrphaningMain.class.getName(),
                    folder.toString(),
                    cache.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var told =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(told.readLine()).isEqualTo("begun");
      assertThat(SkillFolder.processesOf(jvm.pid())).hasSizeGreaterThanOrEqualTo(2);

      jvm.destroyForcibly();

      Awaitility.await()
          .atMost(SkillFolder.LONG)
          .until(() -> SkillFolder.processesOf(jvm.pid()).isEmpty());
    } finally {
      jvm.destroyForcibly();
    }
  }
}
