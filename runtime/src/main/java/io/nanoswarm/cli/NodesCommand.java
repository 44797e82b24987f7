package io.nanoswarm.cli;

import io.nanoswarm.api.NodesView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.StateWord;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "nodes",
    header = "List the nodes of the cluster.",
    description =
        "The oldest comes first; the supervisor of all agents is on one of them. While nodes of two"
            + " wire versions are together, the wire version of each is told.")
final class NodesCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  NodesCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var nodes = new EndpointClient(common.runningNode(around)).nodes();
    var console = common.console(around);
    if (json) {
      JsonView.print(console.out().stream(), nodes);
    } else {
      print(nodes, console);
    }
    return ExitCode.COMPLETED.code();
  }

  static void print(NodesView view, Console console) {
    var out = console.out();
    var look = out.look();
    boolean mixed =
        view.nodes().stream().mapToInt(NodesView.NodeView::wireVersion).distinct().count() > 1;
    var table = new Table(look, "NODE", "STATE", "ROLES", "AGENTS", "OFFERS", "");
    for (var node : view.nodes()) {
      table.row(
          look.line().text(node.address()),
          StateWord.of(node.state(), look),
          look.line().text(String.join(" ", node.roles())),
          look.line().text(node.agents() == null ? "" : node.agents().toString()),
          look.line()
              .text(
                  node.offers() == null
                      ? ""
                      : "%d cores, %.1f GB"
                          .formatted(
                              node.offers().cores(), node.offers().memoryMegabytes() / 1024.0)),
          look.line().text(Tone.DIM, remarks(node, mixed)));
    }
    out.print(table.render(out.width()));
  }

  private static String remarks(NodesView.NodeView node, boolean mixed) {
    var remarks = new ArrayList<String>();
    if (node.supervises()) {
      remarks.add("supervises");
    }
    if (mixed) {
      remarks.add("wire version " + node.wireVersion());
    }
    return String.join(", ", remarks);
  }
}
