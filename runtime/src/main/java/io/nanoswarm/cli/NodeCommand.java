package io.nanoswarm.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "node",
    header = "Run a further node of a cluster.",
    description =
        "A machine node runs agents for the control nodes that it joins, and keeps nothing. A"
            + " control node is what `up` runs.",
    footerHeading = "%nExample:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} node --host 10.0.0.7 --port 25520 --join"
          + " 10.0.0.1:25520,10.0.0.2:25520",
    })
final class NodeCommand implements Callable<Integer> {
  private final Surroundings around;

  /** What a node does in its cluster. */
  enum Role {
    MACHINE,
    CONTROL;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "machine or control. Default: machine.")
  private Role role = Role.MACHINE;

  @Mixin private final MembershipOptions membership = new MembershipOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  NodeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var folder = common.dataFolder(around);
    return switch (role) {
      case CONTROL ->
          Staying.as(
              "node",
              membership.leashed(),
              waiting -> common.here(around).start(folder, membership.staying(waiting)),
              common.console(around),
              around);
      case MACHINE ->
          Staying.as(
              "machine",
              membership.leashed(),
              waiting -> common.here(around).startMachine(folder, membership.staying(waiting)),
              common.console(around),
              around);
    };
  }
}
