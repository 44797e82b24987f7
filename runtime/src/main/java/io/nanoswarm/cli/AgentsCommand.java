package io.nanoswarm.cli;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.AgentsView.OffersView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Span;
import io.nanoswarm.terminal.StateWord;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.ArrayList;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "agents",
    header = "Show the agents of the running node.",
    description = "The supervision tree: every agent's process, what it does, and how it fared.")
final class AgentsCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  AgentsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var console = common.console(around);
    var running = common.nodes(around).running(common.dataFolder(around));
    if (running.isEmpty()) {
      if (json) {
        console.out().stream().println("{\"agents\":[]}");
      } else {
        var line = console.err().look().line();
        console
            .err()
            .print(
                line.text(
                    "no node runs on " + common.dataFolder(around) + ", so there are no agents"));
      }
      return ExitCode.COMPLETED.code();
    }
    var agents = new EndpointClient(running.get()).agents();
    if (json) {
      JsonView.print(console.out().stream(), agents);
    } else {
      print(agents, console);
    }
    return ExitCode.COMPLETED.code();
  }

  private void print(AgentsView view, Console console) {
    var out = console.out();
    var look = out.look();
    var now = around.clock().instant();
    var node = view.node();
    out.print(
        look.line()
            .text(Tone.STRONG, "supervisor")
            .text(
                Tone.DIM,
                "  pid %d, up %s, %s"
                    .formatted(node.pid(), Span.words(node.since(), null, now), node.data())));
    if (view.offers() != null) {
      out.print(look.line().text(Tone.DIM, "  offers " + offers(view.offers())));
    }
    boolean several =
        view.agents().stream().map(AgentView::node).filter(Objects::nonNull).distinct().count() > 1;
    var table =
        new Table(look, "", several ? "NODE" : "", "PID", "STATE", "MEMORY", "DIED", "DOES");
    for (var agent : view.agents()) {
      boolean last = agent.equals(view.agents().getLast());
      table.row(
          look.line()
              .glyph(Tone.DIM, last ? Glyph.LAST_BRANCH : Glyph.BRANCH)
              .text(" " + agent.name()),
          look.line().text(several && agent.node() != null ? agent.node() : ""),
          look.line().text(agent.pid() == null ? "" : agent.pid().toString()),
          StateWord.of(agent.state(), look),
          look.line().text(agent.megabytes() == null ? "" : agent.megabytes() + " MB"),
          look.line()
              .text(
                  agent.restarts() > 0 ? Tone.WARN : Tone.DIM,
                  agent.restarts() > 0 ? agent.restarts() + "×" : ""),
          does(agent, look));
    }
    out.print(table.render(console.out().width()));
  }

  private static String offers(OffersView offers) {
    var words = new ArrayList<String>();
    words.add(offers.os());
    words.add(offers.cores() == 1 ? "1 core" : offers.cores() + " cores");
    words.add("%.1f GB".formatted(offers.memoryMegabytes() / 1024.0));
    offers.labels().forEach(label -> words.add("label " + label));
    var programs = new TreeMap<>(offers.programs());
    offers.runtimes().forEach((name, versions) -> programs.put(name, String.join(" ", versions)));
    programs.forEach((name, version) -> words.add((name + " " + version).strip()));
    offers.variables().forEach(name -> words.add("$" + name));
    return String.join(", ", words);
  }

  private static Line does(AgentView agent, Look look) {
    var line = look.line();
    if (agent.task() != null) {
      line.text(agent.task());
    }
    if (agent.doing() != null) {
      line.text(agent.task() == null ? "" : ": ").text(agent.doing());
    }
    if (agent.lastDeath() != null) {
      line.space(line.width() == 0 ? 0 : 2).text(Tone.DIM, "died last: " + agent.lastDeath());
    }
    return line;
  }
}
