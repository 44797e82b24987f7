package io.nanoswarm.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "up",
    header = "Run a node that stays, alone or in a cluster.",
    description =
        "Drives every session that is not over, whoever opened it, until it is told to end; other"
            + " terminals use it by its data folder, or with --cluster. With --join it shares one"
            + " swarm with other control nodes, which take over what it leaves.",
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
    return Staying.as(
        "node",
        membership.leashed(),
        waiting ->
            common.here(around).start(common.dataFolder(around), membership.staying(waiting)),
        common.console(around),
        around);
  }
}
