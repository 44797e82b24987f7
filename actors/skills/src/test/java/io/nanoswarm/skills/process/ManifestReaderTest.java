package io.nanoswarm.skills.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nanoswarm.session.Need;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skills.interpreter.Version;
import io.nanoswarm.skills.interpreter.WantedVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a manifest may say. */
final class ManifestReaderTest {
  @TempDir Path folder;

  private ProcessManifest read(String yaml) throws Exception {
    Files.writeString(folder.resolve("skill.yaml"), yaml);
    return ManifestReader.read(folder, SkillFolder.settings().limits());
  }

  @Test
  void everything_that_it_can_say_is_read() throws Exception {
    var manifest =
        read(
            """
            name: weather
            description: Tells the weather.
            parameters: {type: object}
            runtime:
              python: "3.11"
              index: true
            tools: [weather.Now, weather.Tomorrow]
            needs: ["bin:curl", "memory:1g"]
            environment: [WEATHER_KEY]
            limits: {time: 90s, memory: 256m, output: 64k, idle: 1h, calls: 4, setup: 500ms}
            """);

    assertThat(manifest.runtime())
        .isEqualTo(
            new ProcessManifest.Python(
                WantedVersion.of("3.11"),
                true,
                new ProcessManifest.Tools(List.of("weather.Now", "weather.Tomorrow"))));
    assertThat(manifest.needs()).containsExactly(new Need("bin:curl"), new Need("memory:1g"));
    assertThat(manifest.allNeeds())
        .containsExactly(
            new Need("runtime:python=3.11"), new Need("bin:curl"), new Need("memory:1g"));
    assertThat(manifest.environment()).containsExactly("WEATHER_KEY");
    assertThat(manifest.limits())
        .isEqualTo(
            new ProcessLimits(
                Duration.ofSeconds(90),
                256 << 20,
                64 << 10,
                Duration.ofHours(1),
                4,
                Duration.ofMillis(500)));
  }

  @Test
  void what_it_does_not_say_has_defaults() throws Exception {
    var manifest = read("runtime: {command: [./run, --fast]}");

    assertThat(manifest.runtime())
        .isEqualTo(new ProcessManifest.Command(List.of("./run", "--fast")));
    assertThat(manifest.limits()).isEqualTo(SkillFolder.settings().limits());
    assertThat(manifest.describesItself()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runtime: {python: 3.10}, main: x.py | runtime.python",
        "runtime: {python: '3.x'}, main: x.py | \">=3.8\"",
        "runtime: {ruby: '3'} | runtime.ruby: no such key",
        "runtime: {python: '3.11'} | main, tool, tools: 0 of them",
        "runtime: {python: '3.11'}, main: x, tool: y | main, tool, tools: 2 of them",
        "runtime: {command: []} | runtime.command",
        "runtime: {command: run} | a list",
        "runtime: {} | python, node or command",
        "timeout: 3s, runtime: {command: [run]} | timeout: no such key",
        "runtime: {command: [run]}, limits: {time: soon} | limits.time: \"soon\"",
        "runtime: {command: [run]}, limits: {memory: 5} | limits.memory",
        "runtime: {command: [run]}, limits: {calls: 0} | calls 0",
        "runtime: {command: [run]}, needs: [curl] | expected: <kind>:<name>"
      })
  void what_it_gets_wrong_is_said_with_what_was_expected(String yaml, String said) {
    assertThatExceptionOfType(NoSuchSkill.class)
        .isThrownBy(() -> read("{" + yaml + "}"))
        .withMessageContaining("skill.yaml")
        .withMessageContaining(said);
  }

  @Test
  void broken_yaml_is_told_with_its_line() {
    assertThatExceptionOfType(NoSuchSkill.class)
        .isThrownBy(() -> read("name: a\nruntime: {python"))
        .withMessageContaining("skill.yaml:");
  }

  @ParameterizedTest
  @CsvSource({
    "3.11, 3.11.7, true",
    "3.11, 3.1.1, false",
    "3, 3.13.0, true",
    ">=3.8, 3.13.0, true",
    ">=3.8, 3.8, true",
    ">=3.8, 3.7.16, false",
    ">=18, 20.20.2, true"
  })
  void a_version_fits_or_not(String wanted, String found, boolean fits) {
    assertThat(WantedVersion.of(wanted).fits(Version.of(found))).isEqualTo(fits);
  }
}
