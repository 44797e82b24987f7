package io.nanoswarm.launch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.skills.exec.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One file for each worker process that runs, so that a node finds what a crashed one left.
 *
 * <p>Guarantees: a process is ended only if pid and start time are those on record: a pid that the
 * system has given to another process is left alone.
 */
public final class WorkerRecords {
  private static final String SUFFIX = ".json";
  private static final Duration END_WITHIN = Duration.ofSeconds(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;

  /**
   * @param folder exists, and belongs to one node
   */
  public WorkerRecords(Path folder) {
    this.folder = folder;
  }

  /**
   * @param startedMillis since 1970, as the operating system says
   */
  private record WorkerRecord(long pid, long startedMillis) {
    static WorkerRecord of(ProcessHandle process) {
      return new WorkerRecord(
          process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** Without a start time the process cannot be told from another with its pid. */
    Optional<ProcessHandle> find() {
      return ProcessHandle.of(pid)
          .filter(process -> startedMillis != 0 && of(process).equals(this));
    }
  }

  void add(WorkerId worker, ProcessHandle process) throws IOException {
    var temporary = folder.resolve(worker + ".tmp");
    Files.write(temporary, JSON.writeValueAsBytes(WorkerRecord.of(process)));
    Files.move(temporary, file(worker), StandardCopyOption.ATOMIC_MOVE);
  }

  void remove(WorkerId worker) throws IOException {
    Files.deleteIfExists(file(worker));
  }

  /**
   * Ends what a crashed node left running, and forgets it. Blocks until those processes are gone,
   * some seconds at most. To be called before the first worker is started.
   *
   * @return pids of the processes that had to be ended
   */
  public List<Long> sweep() throws IOException {
    var ended = new ArrayList<Long>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        if (file.toString().endsWith(SUFFIX)) {
          var record = read(file);
          record
              .flatMap(WorkerRecord::find)
              .filter(WorkerRecords::end)
              .ifPresent(process -> ended.add(process.pid()));
          record.ifPresent(WorkerRecords::endChildren);
        }
        Files.deleteIfExists(file);
      }
    }
    return List.copyOf(ended);
  }

  private static Optional<WorkerRecord> read(Path file) {
    try {
      return Optional.of(JSON.readValue(file.toFile(), WorkerRecord.class));
    } catch (IOException _) {
      // Half a record says nothing; its process holds a leash that ended with the node.
      return Optional.empty();
    }
  }

  /** Those that its skills have started, even if itself is gone. */
  private static void endChildren(WorkerRecord worker) {
    var _ = ChildProcess.endThoseOf(worker.pid(), worker.startedMillis());
  }

  private static boolean end(ProcessHandle process) {
    var killed = process.destroyForcibly();
    try {
      process.onExit().get(END_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException _) {
      return killed;
    }
    return killed;
  }

  private Path file(WorkerId worker) {
    return folder.resolve(worker + SUFFIX);
  }
}
