package io.nanoswarm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.supervisor.ExitReport;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.SlotView;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real JVMs. */
@Timeout(180)
class RealWorkersTest {
  @TempDir Path folder;

  @Test
  void aKilledWorkerIsReportedAndStartedAgain() throws Exception {
    try (var node = new ControlNode(folder.resolve("data"))) {
      node.ensure(ControlNode.spec("idle", IdleAgent.class.getName()), 1, Isolation.PROCESS);
      var first = process(node.awaitUp().slots().getFirst());

      first.destroyForcibly();

      var slot =
          node.await(s -> s.restarts() == 1 && s.state() instanceof SlotView.Up).slots().getFirst();
      assertThat(slot.lastDeath()).isEqualTo("killed (signal 9)");
      var second = process(slot);
      assertThat(second.pid()).isNotEqualTo(first.pid());
      node.stopAll();
      second.onExit().get(5, TimeUnit.SECONDS);
      assertThat(filesIn(node.data.workers())).isEmpty();
    }
  }

  @Test
  void sharedAgentsLiveInOneJvm() throws Exception {
    try (var node = new ControlNode(folder.resolve("data"))) {
      node.ensure(ControlNode.spec("idle", IdleAgent.class.getName()), 20, Isolation.SHARED);
      var pids = node.awaitUp().slots().stream().map(slot -> slot.jvm().pid()).distinct();
      assertThat(pids).hasSize(1);
      node.stopAll();
    }
  }

  @Test
  void anAgentWhoseClassIsMissingIsGivenUpAtOnce() throws Exception {
    try (var node = new ControlNode(folder.resolve("data"))) {
      node.ensure(ControlNode.spec("idle", "nowhere.Agent"), 1, Isolation.PROCESS);
      var slot = node.await(s -> s.state() instanceof SlotView.GaveUp).slots().getFirst();
      assertThat(slot.lastDeath())
          .isEqualTo("class nowhere.Agent was not found on the worker's class path");
      assertThat(slot.restarts()).isZero();
      node.stopAll();
    }
  }

  @Test
  void workersVanishWithTheirControlNode() throws Exception {
    var data = folder.resolve("data");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var node =
        new ProcessBuilder(
                java,
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ControlNode.class.getName(),
                data.toString(),
                "2")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> workers;
    try (var out = new BufferedReader(node.inputReader())) {
      workers =
          Arrays.stream(Objects.requireNonNull(out.readLine()).split(" "))
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
              .toList();
    } finally {
      node.destroyForcibly();
    }
    assertThat(workers).hasSize(2);
    for (var worker : workers) {
      worker.onExit().get(10, TimeUnit.SECONDS);
    }
    try (var again = DataFolder.open(data)) {
      assertThat(new WorkerRecords(again.workers()).sweep()).as("nothing was left").isEmpty();
      assertThat(filesIn(again.workers())).isEmpty();
    }
  }

  @Test
  void aWorkerWhosePipeIsClosedHaltsBeforeItHasJoined() throws Exception {
    var command = WorkerCommand.ofThisJvm(WorkerCommand.classPath(List.of()), null);
    var process =
        new ProcessBuilder(command.line(64, WorkerMain.class))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var nowhere = "pekko://swarm@127.0.0.1:1";
    var document =
        new LaunchDocument(
            new WorkerId("idle-1-x"),
            nowhere + "/user/machine",
            nowhere,
            new LaunchDocument.Folders("", false, ""),
            "");
    try (var pipe = process.outputWriter()) {
      pipe.write(document.toJson() + "\n");
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitReport.LOST_CONTROL_NODE);
  }

  private static ProcessHandle process(SlotView slot) {
    return ProcessHandle.of(Objects.requireNonNull(slot.jvm().pid())).orElseThrow();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
