package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.UserError;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "down",
    header = "End the node of this data folder in order.",
    description =
        "Its agents finish what they work on, within the time that the node gives them, and other"
            + " nodes take over what it holds. Where it is alone, unfinished sessions wait until a"
            + " node is up again.")
final class DownCommand implements Callable<Integer> {
  /** Longer than a node takes that is asked to end. */
  private static final long WITHIN_SECONDS = 180;

  private final Surroundings around;
  @Mixin private final CommonOptions common = new CommonOptions();

  DownCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var folder = common.dataFolder(around);
    Long pid = around.nodes().inspect(folder).lockedBy();
    var process = pid == null ? null : ProcessHandle.of(pid).orElse(null);
    if (process == null) {
      throw UserError.usage("no node runs on %s".formatted(folder), "start one with `swarm up`");
    }
    if (!process.destroy()) {
      throw UserError.environment(
          "the node's process %d cannot be told to end".formatted(pid),
          "do that as the user who has started it");
    }
    try {
      process.onExit().get(WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      throw new Interrupted();
    } catch (ExecutionException | TimeoutException _) {
      throw UserError.environment(
          "the node, pid %d, has not ended within %d s".formatted(pid, WITHIN_SECONDS),
          "look into its log; `kill -9` ends it, and nothing is lost by that");
    }
    common.console(around).err().info("the node has ended");
    return ExitCode.COMPLETED.code();
  }
}
