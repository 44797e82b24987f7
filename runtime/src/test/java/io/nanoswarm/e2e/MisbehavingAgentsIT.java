package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that do to their JVMs what agents must not, each in a JVM of its own. */
class MisbehavingAgentsIT {
  private static final List<String> DEADLY = List.of("exit", "crash", "memory", "loop");
  private static final List<String> FAILING = List.of("stack");
  private static final List<String> HARMLESS = List.of("threads", "files", "flood");
  private static final long OUTPUT_BYTES = 2 * 2 * 1024 * 1024;

  @TempDir Path folder;

  @Test
  void agents_fail_alone_within_their_attempts_and_the_session_says_what_is_missing()
      throws Exception {
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(workspace.resolve("about.txt"), "nothing to look for\n");
    Path data = folder.resolve("data");
    try (var run =
        SwarmProcess.start(
            data,
            "run",
            "Who survives?",
            "--json",
            "--workspace",
            workspace.toString(),
            "--swarm",
            swarm().toString())) {
      JsonNode result = run.await("result");

      assertThat(run.exitCode()).as(run.report()).isEqualTo(3);
      assertThat(result.path("status").asText()).isEqualTo("partial");
      assertThat(result.path("answer").asText()).contains("What is left");
      for (String poison : concat(DEADLY, FAILING)) {
        assertThat(outcomes(run, poison)).as(poison).containsExactly("dead");
        assertThat(attemptsLost(run, poison)).as(poison).isEqualTo(2);
        assertThat(result.path("missing").toString()).contains(poison);
      }
      for (String survivor : concat(HARMLESS, List.of("steady", "answer"))) {
        assertThat(outcomes(run, survivor)).as(survivor).containsExactly("completed");
      }
      assertThat(causes(run, "bad"))
          .contains("out of memory", "ended with exit code 7")
          .anyMatch(cause -> cause.startsWith("crashed"));
      assertThat(run.all("agent-down"))
          .as("the others go on")
          .noneMatch(down ->
              down.path("agent").asText().startsWith("good")
                  && down.path("restarting").asBoolean());
    }
    assertThat(bytes(data.resolve("logs"))).isLessThan(3 * OUTPUT_BYTES);
    assertThat(files(Path.of(""))).as("what a crash leaves").noneMatch(MisbehavingAgentsIT::dump);
    assertThat(files(data.resolve("logs"))).anyMatch(MisbehavingAgentsIT::crashReport);
    assertThat(files(data.resolve("workers"))).isEmpty();
  }

  @Test
  void a_time_limit_and_a_cancel_hold_though_an_agent_in_an_endless_loop_does_not_listen()
      throws Exception {
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(workspace.resolve("about.txt"), "nothing to look for\n");
    Path data = folder.resolve("data");
    String swarm = deafSwarm().toString();
    try (var run = run(data, workspace, swarm, "--timeout", "60s")) {
      JsonNode result = run.await("result");

      assertThat(run.exitCode()).as(run.report()).isEqualTo(124);
      assertThat(result.path("status").asText()).isEqualTo("timed-out");
      assertThat(run.all("task-began")).as("it was at work").isNotEmpty();
    }
    assertThat(files(data.resolve("workers"))).isEmpty();
    try (var run = run(data, workspace, swarm)) {
      run.await("task-began");
      String session = run.await("snapshot").path("session").path("id").asText();
      try (var cancel = SwarmProcess.start(data, "cancel", session)) {
        assertThat(cancel.exitCode()).as(cancel.report()).isZero();
      }
      JsonNode result = run.await("result");

      assertThat(run.exitCode()).as(run.report()).isEqualTo(5);
      assertThat(result.path("status").asText()).isEqualTo("cancelled");
    }
    assertThat(files(data.resolve("workers"))).isEmpty();
  }

  private static SwarmProcess run(Path data, Path workspace, String swarm, String... more)
      throws IOException {
    var arguments =
        concat(
            List.of(
                "run",
                "Who listens?",
                "--json",
                "--workspace",
                workspace.toString(),
                "--swarm",
                swarm),
            List.of(more));
    return SwarmProcess.start(data, arguments.toArray(String[]::new));
  }

  /** One agent, whose attempts may take longer than the test. */
  private Path deafSwarm() throws IOException {
    var code =
        Path.of(
            MisbehavingAgent.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return Files.writeString(
        folder.resolve("deaf.yaml"),
        """
        name: deaf
        code: ["%s"]
        agents:
          bad: { class: %s, limits: { attempts: 1, time: 1h } }
        plan:
          answer: { role: bad, parameters: { how: loop } }
        answer: answer
        """
            .formatted(code, MisbehavingAgent.class.getName()));
  }

  private Path swarm() throws IOException {
    var yaml = new StringBuilder();
    var code =
        Path.of(
            MisbehavingAgent.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    yaml.append(
        """
        name: badly
        code: ["%1$s"]
        agents:
          bad:
            class: %2$s
            instances: 2
            limits: { attempts: 2, time: 5s }
            restarts: { limit: 100, within: 2m }
          good: { class: %2$s }
        plan:
        """
            .formatted(code, MisbehavingAgent.class.getName()));
    var all = concat(concat(DEADLY, FAILING), HARMLESS);
    for (String how : all) {
      yaml.append("  %1$s: { role: bad, title: %1$s, parameters: { how: %1$s } }\n".formatted(how));
    }
    yaml.append("  steady: { role: good, parameters: { how: nothing } }\n");
    yaml.append(
        "  answer: { role: good, after: [%s, steady], parameters: { how: nothing } }\n"
            .formatted(String.join(", ", all)));
    yaml.append("answer: answer\n");
    return Files.writeString(folder.resolve("swarm.yaml"), yaml);
  }

  private static List<String> concat(List<String> some, List<String> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static List<String> outcomes(SwarmProcess run, String task) {
    return of(run, "task-ended", task).stream().map(ended -> ended.path("state").asText()).toList();
  }

  private static int attemptsLost(SwarmProcess run, String task) {
    return of(run, "attempt-ended", task).size();
  }

  private static List<JsonNode> of(SwarmProcess run, String event, String task) {
    return run.all(event).stream().filter(each -> each.path("task").asText().equals(task)).toList();
  }

  private static List<String> causes(SwarmProcess run, String role) {
    return run.all("agent-down").stream()
        .filter(down -> down.path("agent").asText().startsWith(role))
        .map(down -> down.path("cause").asText())
        .collect(Collectors.toList());
  }

  private static boolean crashReport(Path file) {
    return file.getFileName().toString().matches("crash-\\d+\\.log");
  }

  private static boolean dump(Path file) {
    return file.getFileName().toString().matches("hs_err.*|core.*");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder.toAbsolutePath())) {
      return files.toList();
    }
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : files(folder)) {
      bytes += Files.size(file);
    }
    return bytes;
  }
}
