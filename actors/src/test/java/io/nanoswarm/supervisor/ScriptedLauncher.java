package io.nanoswarm.supervisor;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Starts processes that do just what a test says. */
final class ScriptedLauncher implements WorkerLauncher {
  private final BlockingQueue<ScriptedProcess> launched = new LinkedBlockingQueue<>();
  private final AtomicLong pids = new AtomicLong(1000);

  /** Ends by a signal when it is killed, and otherwise when the test says so. */
  record ScriptedProcess(WorkerOrder order, long pid, CompletableFuture<ExitReport> exit)
      implements WorkerProcess {
    @Override
    public CompletionStage<ExitReport> onExit() {
      return exit;
    }

    @Override
    public void kill() {
      end(137);
    }

    void end(int code) {
      exit.complete(new ExitReport(code));
    }
  }

  @Override
  public CompletionStage<WorkerProcess> launch(WorkerOrder order) {
    var process = new ScriptedProcess(order, pids.incrementAndGet(), new CompletableFuture<>());
    launched.add(process);
    return CompletableFuture.completedFuture(process);
  }

  /** The next process that was launched. */
  ScriptedProcess next() throws InterruptedException {
    var process = launched.poll(3, TimeUnit.SECONDS);
    if (process == null) {
      throw new AssertionError("no process was launched");
    }
    return process;
  }

  boolean none() {
    return launched.isEmpty();
  }
}
