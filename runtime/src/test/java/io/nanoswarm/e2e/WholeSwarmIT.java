package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as users start it: real processes, real files, real signals. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeSwarmIT {
  private static final String QUESTION =
      "What happens to a task when the agent working on it dies?";

  @TempDir static Path folder;
  private Path workspace;
  private Swarmed undisturbed;

  /** What a run leaves behind that must not depend on how it went. */
  private record Swarmed(String answer, SequencedMap<String, String> findings) {}

  @BeforeAll
  void run_undisturbed() throws IOException, InterruptedException {
    workspace = folder.resolve("workspace");
    copySources("persistence");
    copySources("cluster-config");
    try (var run = run("undisturbed")) {
      assertThat(run.exitCode()).as(run.report()).isZero();
      undisturbed = left(run);
      assertThat(undisturbed.answer()).contains(" — `").contains("## Where to look");
      assertThat(undisturbed.findings()).isNotEmpty();
    }
  }

  private void copySources(String module) throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    try (var files = Files.walk(root.resolve(module).resolve("src/main"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = workspace.resolve(root.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private SwarmProcess run(String name, String... more) throws IOException {
    return start(name, List.of("run", QUESTION, "--workspace", workspace.toString()), more);
  }

  private SwarmProcess start(String name, List<String> command, String... more) throws IOException {
    var arguments = new ArrayList<>(command);
    arguments.add("--json");
    arguments.addAll(List.of(more));
    return SwarmProcess.start(folder.resolve(name), arguments.toArray(String[]::new));
  }

  private Swarmed left(SwarmProcess run) throws IOException, InterruptedException {
    JsonNode result = run.await("result");
    Path board = Path.of(result.path("folder").asText());
    try (var files = Files.walk(board.resolve("findings"))) {
      var findings =
          files
              .filter(Files::isRegularFile)
              .collect(
                  Collectors.toMap(
                      file -> board.relativize(file).toString(),
                      WholeSwarmIT::body,
                      (a, _) -> a,
                      TreeMap::new));
      return new Swarmed(result.path("answer").asText(), findings);
    }
  }

  /** Without the first line, which says who wrote it and when. */
  private static String body(Path file) {
    try {
      return Files.readAllLines(file).stream().skip(1).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void every_agent_has_a_jvm_of_its_own_and_none_is_left() throws Exception {
    try (var run = run("own-jvms")) {
      run.await(json ->
          SwarmProcess.is(json, "task-began") && json.path("task").asText().equals("critique"));
      var workers = run.children();

      assertThat(workers).hasSizeGreaterThanOrEqualTo(3);
      assertThat(run.exitCode()).isZero();
      workers.forEach(WholeSwarmIT::awaitEnd);
      try (var records = Files.list(folder.resolve("own-jvms/workers"))) {
        assertThat(records).isEmpty();
      }
      assertThat(folder.resolve("own-jvms/endpoint.json")).doesNotExist();
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      SwarmProcess.awaitEnd(process);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The undisturbed run had two researchers in processes of their own. */
  @ParameterizedTest
  @CsvSource({"1,process", "4,process", "1,shared", "2,shared", "4,shared"})
  void the_answer_is_the_same_with_any_number_of_researchers_in_any_isolation(
      int researchers, String isolation) throws Exception {
    String name = isolation + researchers;
    try (var run = run(name, "--agents", "researcher=" + researchers, "--isolation", isolation)) {
      assertThat(run.exitCode()).as(run.report()).isZero();
      assertThat(left(run)).isEqualTo(undisturbed);
    }
  }

  @Test
  void killing_a_worker_changes_neither_findings_nor_answer_and_is_told() throws Exception {
    try (var run = run("worker-killed")) {
      JsonNode began =
          run.await(json ->
              SwarmProcess.is(json, "task-began")
                  && json.path("task").asText().startsWith("research-"));
      String agent = began.path("agent").asText();
      JsonNode up =
          run.await(json ->
              SwarmProcess.is(json, "agent-up") && json.path("agent").asText().equals(agent));
      SwarmProcess.signal("KILL", up.path("pid").asLong());

      JsonNode down = run.await("agent-down");
      assertThat(down.path("agent").asText()).isEqualTo(agent);
      assertThat(down.path("cause").asText()).contains("signal 9");
      assertThat(run.exitCode()).as(run.report()).isZero();
      assertThat(left(run)).isEqualTo(undisturbed);
    }
  }

  @Test
  void killing_the_control_node_ends_its_workers_and_resume_does_no_settled_task_again()
      throws Exception {
    String id;
    List<String> settled;
    try (var run = run("control-killed")) {
      id = run.await("snapshot").path("session").path("id").asText();
      run.await(json ->
          SwarmProcess.is(json, "task-ended") && json.path("task").asText().startsWith("index-"));
      var workers = run.children();
      run.signal("KILL");
      run.exitCode();
      settled = run.all("task-ended").stream().map(ended -> ended.path("task").asText()).toList();
      assertThat(workers).isNotEmpty();
      workers.forEach(WholeSwarmIT::awaitEnd);
    }

    try (var resumed = start("control-killed", List.of("resume", id))) {
      assertThat(resumed.exitCode()).as(resumed.report()).isZero();
      var begunAgain =
          resumed.all("task-began").stream().map(began -> began.path("task").asText()).toList();
      assertThat(begunAgain).isNotEmpty().doesNotContainAnyElementsOf(settled);
      assertThat(left(resumed)).isEqualTo(undisturbed);
    }
  }

  @Test
  void interrupt_pauses_and_resume_goes_on() throws Exception {
    String id;
    try (var run = run("interrupted")) {
      id = run.await("snapshot").path("session").path("id").asText();
      run.await("task-began");
      var workers = run.children();
      run.signal("INT");

      assertThat(run.exitCode()).isEqualTo(130);
      workers.forEach(WholeSwarmIT::awaitEnd);
    }
    try (var resumed = start("interrupted", List.of("resume", id))) {
      assertThat(resumed.exitCode()).as(resumed.report()).isZero();
      assertThat(left(resumed)).isEqualTo(undisturbed);
    }
  }

  @Test
  void two_terminals_share_one_node() throws Exception {
    try (var first = run("shared-folder")) {
      first.await("snapshot");
      try (var second = run("shared-folder")) {
        assertThat(second.exitCode()).as(second.report()).isZero();
        assertThat(second.children()).isEmpty();
        assertThat(first.exitCode()).as(first.report()).isZero();
        assertThat(left(first)).isEqualTo(undisturbed);
        assertThat(left(second)).isEqualTo(undisturbed);
      }
    }
  }
}
