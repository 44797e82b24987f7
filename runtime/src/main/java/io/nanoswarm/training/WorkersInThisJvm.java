package io.nanoswarm.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.nanoswarm.launch.DataFolder;
import io.nanoswarm.launch.LaunchDocument;
import io.nanoswarm.launch.WorkerConfig;
import io.nanoswarm.launch.WorkerMain;
import io.nanoswarm.supervisor.ExitReport;
import io.nanoswarm.supervisor.WorkerLauncher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Starts workers as further actor systems of this JVM: what it sees loaded is what both kinds of
 * node load.
 */
final class WorkersInThisJvm implements WorkerLauncher {
  private final LaunchDocument.Folders folders;
  private final String config;

  WorkersInThisJvm(DataFolder data, Config node) {
    folders =
        new LaunchDocument.Folders(data.artifacts().toString(), false, data.cache().toString());
    config =
        ConfigFactory.parseString("pekko.coordinated-shutdown.exit-jvm = off")
            .withFallback(ConfigFactory.parseString(WorkerConfig.sharedBy(node)))
            .root()
            .render(ConfigRenderOptions.concise());
  }

  @Override
  public CompletionStage<WorkerProcess> launch(WorkerOrder order) {
    var system =
        WorkerMain.start(
            new LaunchDocument(order.worker(), order.machine(), order.seed(), folders, config));
    CompletionStage<ExitReport> ended =
        system.getWhenTerminated().thenApply(_ -> new ExitReport(0));
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
            system.terminate();
          }
        });
  }
}
