package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/writing-agents.md to the letter, with the packaged program and the Maven that runs
 * this test: makes a project, writes its files, builds, tests and runs it.
 */
class WritingAgentsIT {
  /** What the page writes for the id of a session. */
  private static final String ID = "7f3a";

  private static final String PROJECT = "word-counter";

  @TempDir Path root;
  private Path checkout;
  private Path here;
  private Map<String, String> environment;

  @BeforeEach
  void aFolderWithTheProgram() throws IOException {
    checkout = Files.createDirectories(root.resolve("nanoswarm"));
    here = checkout;
    script(
        checkout.resolve("swarm"),
        """
        export NANOSWARM_COMMAND="$0"
        exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow \\
          --enable-native-access=ALL-UNNAMED -cp '%s/*' io.nanoswarm.SwarmMain "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("swarm.dist")));
    Path tools = Files.createDirectories(root.resolve("bin"));
    script(
        tools.resolve("mvn"),
        // As little as a Maven of a few seconds takes.
        "export MAVEN_OPTS='-XX:+UseSerialGC -XX:TieredStopAtLevel=1'\n"
            + "exec '%s/bin/mvn' -B -Dmaven.repo.local='%s' \"$@\"\n"
                .formatted(
                    System.getProperty("swarm.maven"), System.getProperty("swarm.repository")));
    environment =
        Map.of(
            "PATH", tools + ":" + System.getenv("PATH"), "WHERE", root.resolve("where").toString());
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Maven keeps the SDK of the project, whose version is that of this build alone. */
  @AfterEach
  void forgetTheSdk() throws IOException {
    Path sdk = checkout.resolve(PROJECT).resolve("sdk/io/nanoswarm");
    Path kept = Path.of(System.getProperty("swarm.repository"), "io", "nanoswarm");
    if (!Files.isDirectory(sdk)) {
      return;
    }
    try (var versions = Files.find(sdk, 2, (path, _) -> sdk.relativize(path).getNameCount() == 2)) {
      for (Path version : versions.toList()) {
        delete(kept.resolve(sdk.relativize(version).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void every_command_of_the_page_works_and_every_file_of_it_is_built_and_tested() throws Exception {
    var steps = GuidePage.steps(Files.readString(Path.of("../docs/writing-agents.md")));
    Terminal waiting = null;
    String last = "";
    try {
      for (GuidePage.Step step : steps) {
        switch (step) {
          case GuidePage.Write(var file, var text) -> write(here.resolve(file), text);
          case GuidePage.Run(var script, var until) when until != null -> {
            waiting = Terminal.run(script, here, environment);
            waiting.await(until);
          }
          case GuidePage.Run(var script, _) ->
              last = run(waiting == null ? script : script.replace(ID, waiting.session()));
          case GuidePage.Says(var text) -> assertThat(last).contains(text);
          case GuidePage.Ended(var text) -> {
            assertThat(waiting).as("what waits, for: " + text).isNotNull();
            assertThat(sound(waiting.finished())).contains(text);
          }
        }
      }
    } finally {
      if (waiting != null) {
        waiting.close();
      }
    }
    assertThat(testsOf(steps)).isNotEmpty().allSatisfy(this::passed);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** The next script begins in the folder where this one ended. */
  private String run(String script) throws Exception {
    try (var terminal = Terminal.run("trap 'pwd >\"$WHERE\"' EXIT\n" + script, here, environment)) {
      String printed = sound(terminal.finished());
      here = Path.of(Files.readString(root.resolve("where")).strip());
      return printed;
    }
  }

  private static String sound(String printed) {
    assertThat(printed).doesNotContain("\tat ", "Checksum validation failed");
    return printed;
  }

  private static Set<String> testsOf(List<GuidePage.Step> steps) {
    return steps.stream()
        .filter(GuidePage.Write.class::isInstance)
        .map(step -> ((GuidePage.Write) step).file())
        .filter(file -> file.startsWith("src/test/java/"))
        .map(
            file -> file.replaceFirst("^src/test/java/", "").replace(".java", "").replace('/', '.'))
        .collect(Collectors.toSet());
  }

  private void passed(String test) throws IOException {
    Path report = checkout.resolve(PROJECT).resolve("target/surefire-reports/" + test + ".txt");
    assertThat(report).content().contains("Failures: 0, Errors: 0, Skipped: 0");
  }
}
