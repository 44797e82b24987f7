package io.nanoswarm.cli;

import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "drain",
    header = "Move the agents of a node elsewhere.",
    description =
        "Each finishes what it works on; another one takes its place on another node. The node"
            + " takes no agents any more until it is started anew.")
final class DrainCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "NODE", description = "As `nodes` lists it: host:port.")
  private String node = "";

  @Mixin private final CommonOptions common = new CommonOptions();

  DrainCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var nodes = new EndpointClient(common.runningNode(around)).drain(node);
    NodesCommand.print(nodes, common.console(around));
    return ExitCode.COMPLETED.code();
  }
}
