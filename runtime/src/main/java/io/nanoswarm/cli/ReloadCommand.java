package io.nanoswarm.cli;

import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.definition.SwarmFile;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Tone;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "reload",
    header = "Give the running node's agents their new code.",
    description = {
      "New tasks go to new JVMs with the code, and the definition, as they are now. Agents that"
          + " work finish in their old JVMs, which end then; `agents` shows them as draining. No"
          + " task is lost, and no attempt counts for it.",
      "",
      "`run --swarm` does the same by itself for code that has changed.",
    },
    footerHeading = "%nExample:%n",
    footer = "  mvn -q package && ${ROOT-COMMAND-NAME} reload")
final class ReloadCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(
      names = {"-s", "--swarm"},
      paramLabel = "FILE",
      description = "What the swarm is made of. Default: swarm.yaml here.")
  private Path swarm = Path.of(SwarmFile.NAME);

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  ReloadCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var definition = SwarmOption.read(swarm, common.here(around), around);
    var console = common.console(around);
    var running = common.nodes(around).running(common.dataFolder(around));
    if (running.isEmpty()) {
      tell(
          "no node runs on %s: the next `run` uses the code as it is then"
              .formatted(common.dataFolder(around)),
          Glyph.INFO);
      return ExitCode.COMPLETED.code();
    }
    var reloaded = new EndpointClient(running.get()).reload(definition);
    if (json) {
      JsonView.print(console.out().stream(), reloaded);
    } else {
      tell("replaced", reloaded.replaced(), Glyph.DONE);
      tell("unchanged", reloaded.unchanged(), Glyph.INFO);
      tell("not running", reloaded.notRunning(), Glyph.INFO);
    }
    return ExitCode.COMPLETED.code();
  }

  private void tell(String what, List<String> roles, Glyph glyph) {
    if (!roles.isEmpty()) {
      tell(what + ": " + String.join(", ", roles), glyph);
    }
  }

  private void tell(String text, Glyph glyph) {
    var err = common.console(around).err();
    err.print(err.look().line().glyph(Tone.ACCENT, glyph).space(1).text(text));
  }
}
