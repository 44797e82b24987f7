package io.nanoswarm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.WorkerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerRecordsTest {
  private static final WorkerId WORKER = new WorkerId("idle-1-x");

  @TempDir Path folder;
  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void sweepEndsWhatStillRunsAndForgetsIt() throws Exception {
    new WorkerRecords(folder).add(WORKER, process.toHandle());
    assertThat(new WorkerRecords(folder).sweep()).containsExactly(process.pid());
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void sweepLeavesAProcessAloneThatHasJustTheSamePid() throws Exception {
    new WorkerRecords(folder).add(WORKER, process.toHandle());
    var record = folder.resolve(WORKER + ".json");
    var other =
        Files.readString(record).replaceFirst("\"startedMillis\":\\d", "\"startedMillis\":9");
    Files.writeString(record, other);
    assertThat(new WorkerRecords(folder).sweep()).isEmpty();
    assertThat(process.isAlive()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void sweepForgetsARecordThatCannotBeRead() throws Exception {
    Files.writeString(folder.resolve("idle-1-x.json"), "{\"pid\":");
    assertThat(new WorkerRecords(folder).sweep()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }
}
