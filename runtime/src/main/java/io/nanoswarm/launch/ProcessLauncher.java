package io.nanoswarm.launch;

import com.typesafe.config.Config;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.skills.exec.ChildProcess;
import io.nanoswarm.supervisor.ExitReport;
import io.nanoswarm.supervisor.WorkerLauncher;
import io.nanoswarm.tracing.TracingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Starts each worker as a process of this machine, from the JVM and the class path of this node.
 *
 * <p>Guarantees: a worker ends when this JVM ends, since the pipe to its standard input breaks;
 * what that misses, {@link WorkerRecords#sweep} finds. What the skills of a worker have started
 * ends with it. Nothing secret is on its command line, and of the environment it sees only what a
 * JVM needs, skills are allowed, and OpenTelemetry's variables if traces are exported. What it
 * prints goes to a file that is bounded.
 */
public final class ProcessLauncher implements WorkerLauncher {
  /** Of one of the two files that the output of a worker may take. */
  private static final long OUTPUT_BYTES = 2 * 1024 * 1024;

  private final Nest nest;
  private final WorkerRecords records;

  /**
   * What all workers have in common.
   *
   * @param logs a file for the output of each worker that prints something
   * @param config HOCON that every worker is told
   * @param environment names of variables that skills are allowed
   * @param log how workers log
   */
  private record Nest(
      String classPath,
      LaunchDocument.Folders folders,
      Path logs,
      String config,
      List<String> environment,
      LogFormat log) {}

  /**
   * @param node the configuration of this node, of which workers share a part
   * @param userClassPath where the classes of users' agents are
   */
  public static ProcessLauncher create(DataFolder data, Config node, List<Path> userClassPath) {
    var folders =
        new LaunchDocument.Folders(
            data.artifacts().toString(),
            ArtifactSettings.of(node).copies(),
            data.cache().toString());
    var classPath = WorkerCommand.classPath(userClassPath);
    var nest =
        new Nest(
            classPath,
            folders,
            data.logs(),
            WorkerConfig.sharedBy(node),
            SkillsSettings.of(node).environment(),
            LogSettings.of(node).format());
    return new ProcessLauncher(nest, new WorkerRecords(data.workers()));
  }

  private ProcessLauncher(Nest nest, WorkerRecords records) {
    this.nest = nest;
    this.records = records;
  }

  @Override
  public CompletionStage<WorkerProcess> launch(WorkerOrder order) {
    var launched = new CompletableFuture<WorkerProcess>();
    Thread.ofVirtual()
        .name("launch-" + order.worker())
        .start(() -> launched.completeAsync(() -> start(order), Runnable::run));
    return launched;
  }

  private WorkerProcess start(WorkerOrder order) {
    var worker = order.worker();
    try {
      var builder = new ProcessBuilder(command(order));
      builder.environment().clear();
      builder.environment().putAll(WorkerCommand.environment(System.getenv(), nest.environment()));
      builder.environment().putAll(TracingSettings.of(System.getenv()).passedOn());
      builder.environment().put(LogFormat.VARIABLE, nest.log().word());
      var process = builder.redirectErrorStream(true).start();
      record(worker, process);
      var _ =
          WorkerOutput.follow(process.getInputStream(), nest.logs(), worker.value(), OUTPUT_BYTES);
      tell(process, order);
      long started = startedMillis(process);
      return new OwnedProcess(
          process, process.onExit().thenApply(ended -> close(ended, worker, started)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(WorkerOrder order) {
    var usual =
        WorkerCommand.ofThisJvm(nest.classPath(), AotCache.ofThisJvm().orElse(null))
            .line(order.heapMegabytes(), WorkerMain.class);
    var line = new ArrayList<>(usual);
    // What a native crash has to say goes to the logs, and not into the user's folder.
    line.add(1, "-XX:ErrorFile=" + nest.logs().resolve("crash-%p.log"));
    return line;
  }

  /** What is not on record might outlive a crash unseen, so it shall not live at all. */
  private void record(WorkerId worker, Process process) throws IOException {
    try {
      records.add(worker, process.toHandle());
    } catch (IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private void tell(Process process, WorkerOrder order) {
    var document =
        new LaunchDocument(
            order.worker(), order.machine(), order.seed(), nest.folders(), nest.config());
    try {
      var pipe = process.getOutputStream();
      pipe.write((document.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
      pipe.flush();
    } catch (IOException _) {
      // The process is gone already: its exit says more than the broken pipe.
    }
  }

  /** While it may be asked: of one that has ended the system tells nothing. */
  private static long startedMillis(Process process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private ExitReport close(Process ended, WorkerId worker, long startedMillis) {
    var _ = ChildProcess.endThoseOf(ended.pid(), startedMillis);
    try {
      records.remove(worker);
    } catch (IOException _) {
      // The next sweep finds the record stale.
    }
    return new ExitReport(ended.exitValue());
  }

  /** Holds on to the process: were it forgotten, its pipe would be closed, and the worker end. */
  private record OwnedProcess(Process process, CompletableFuture<ExitReport> exit)
      implements WorkerProcess {
    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public CompletionStage<ExitReport> onExit() {
      return exit;
    }

    @Override
    public void kill() {
      process.destroyForcibly();
    }
  }
}
