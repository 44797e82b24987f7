package io.nanoswarm.node;

import io.nanoswarm.supervisor.ExitReport;
import io.nanoswarm.supervisor.WorkerLauncher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Workers that never say hello: sessions just wait. */
final class SilentWorkers implements WorkerLauncher {
  @Override
  public CompletionStage<WorkerProcess> launch(WorkerOrder order) {
    var ended = new CompletableFuture<ExitReport>();
    return CompletableFuture.completedFuture(
        new WorkerProcess() {
          @Override
          public long pid() {
            return ProcessHandle.current().pid();
          }

          @Override
          public CompletionStage<ExitReport> onExit() {
            return ended;
          }

          @Override
          public void kill() {
            ended.complete(new ExitReport(0));
          }
        });
  }
}
