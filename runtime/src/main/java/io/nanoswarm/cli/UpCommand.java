package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.Isolation;
import io.nanoswarm.client.LocalNode;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.Tone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "up",
    header = "Run a node that stays, alone or in a cluster.",
    description =
        "Drives every session that is not over, whoever opened it, until it is told to end; other"
            + " terminals use it by its data folder. With --join it shares one swarm with other"
            + " nodes, which take over what it leaves.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} up",
      "  ${ROOT-COMMAND-NAME} up --host 10.0.0.1 --port 25520 --join"
          + " 10.0.0.1:25520,10.0.0.2:25520,10.0.0.3:25520",
    })
final class UpCommand implements Callable<Integer> {
  private final Surroundings around;
  @Mixin private final MembershipOptions membership = new MembershipOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  UpCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var console = common.console(around);
    var options = new NodeOptions(Isolation.PROCESS, true, membership.settings());
    try (var interrupts = Interrupts.install(Thread.currentThread(), console::restore);
        var node = around.nodes().start(common.dataFolder(around), options)) {
      membership.warn(node, console.err(), around);
      var look = console.err().look();
      console
          .err()
          .print(
              look.line()
                  .glyph(Tone.ACCENT, Glyph.INFO)
                  .space(1)
                  .text("node %s is up; Ctrl-C ends it in order".formatted(node.address())));
      return await(node, interrupts);
    } catch (Interrupted _) {
      return ExitCode.INTERRUPTED.code();
    }
  }

  private static int await(LocalNode node, Interrupts interrupts) {
    try {
      throw UserError.environment(
          node.lost().toCompletableFuture().get(), "start it again, and it joins them anew");
    } catch (InterruptedException _) {
      return interrupts.exitCode().code();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the node has failed", e);
    }
  }
}
