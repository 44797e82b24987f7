package io.nanoswarm.cli;

import io.nanoswarm.api.OverviewView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.top.Contact;
import io.nanoswarm.top.Top;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "top",
    header = "Show the whole swarm live, and act on it.",
    description = {
      "Sessions, agents, queues and nodes of what runs, kept up to date; starts no node. With keys"
          + " one answers what a session asks, pauses it, lets it go on or cancels it, makes it"
          + " more urgent, kills an agent's JVM, drains a node; `?` tells which. Quitting changes"
          + " nothing.",
      "Without a terminal, prints the swarm once, as --once does.",
    })
final class TopCommand implements Callable<Integer> {
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final Surroundings around;

  @Option(names = "--once", description = "Print the swarm as it is now, and end.")
  private boolean once;

  @Option(names = "--json", description = "Print it once, as a JSON object.")
  private boolean json;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "How long to wait between two looks, from 1s. Default: 2s.")
  private String every = "2s";

  @Mixin private final CommonOptions common = new CommonOptions();

  TopCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var pause = TimeText.parse("--every", every);
    if (pause.compareTo(LEAST) < 0) {
      throw UserError.usage("--every %s is too often".formatted(every), "give 1s or more");
    }
    var console = common.console(around);
    var endpoint = common.runningNode(around);
    if (json || once || !console.hasScreen()) {
      print(new EndpointClient(endpoint).overview(), console);
      return ExitCode.COMPLETED.code();
    }
    return live(console, pause).code();
  }

  private void print(OverviewView overview, Console console) {
    var out = console.out();
    if (json) {
      JsonView.print(out.stream(), overview);
    } else {
      out.print(Top.snapshot(overview, out.look(), out.width() - 1));
    }
  }

  private ExitCode live(Console console, Duration pause) {
    var nodes = common.nodes(around);
    var folder = common.dataFolder(around);
    try (var interrupts = Interrupts.install(Thread.currentThread(), console::restore);
        var screen = console.screen()) {
      try {
        new Top(
                screen,
                console.out().look(),
                new Contact(() -> nodes.running(folder)),
                around.clock(),
                pause)
            .run();
        return ExitCode.COMPLETED;
      } catch (Interrupted e) {
        return interrupts.exitCode();
      }
    }
  }
}
