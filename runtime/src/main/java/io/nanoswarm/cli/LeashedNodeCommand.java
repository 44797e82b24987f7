package io.nanoswarm.cli;

import io.nanoswarm.chaos.NodeProcess;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.NodeOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "leashed-node",
    hidden = true,
    header = "Run a node until standard input ends.",
    description = "For programs: says `ready` when the node serves, and drives no session unasked.")
final class LeashedNodeCommand implements Callable<Integer> {
  private final Surroundings around;
  @Mixin private final CommonOptions common = new CommonOptions();

  LeashedNodeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (var interrupts = Interrupts.install(Thread.currentThread(), () -> {});
        var _ = common.here(around).start(common.dataFolder(around), NodeOptions.DEFAULT)) {
      around.console().out().stream().println(NodeProcess.READY);
      var leash = Leash.hold(() -> {});
      try {
        leash.join();
        return ExitCode.COMPLETED.code();
      } catch (InterruptedException _) {
        return interrupts.exitCode().code();
      }
    } catch (Interrupted _) {
      return ExitCode.INTERRUPTED.code();
    }
  }
}
