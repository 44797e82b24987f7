package io.nanoswarm.cli;

import io.nanoswarm.api.SettingView;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "config",
    header = "Print the settings in force, and where they come from.",
    description =
        "Those of a node that is started here and now: every key of ours, and those of Pekko that a"
            + " layer or your own file sets. Each is explained beside its default, in the program's"
            + " reference.conf; docs/configuration.md says what goes before what.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} config",
      "  ${ROOT-COMMAND-NAME} config swarm.session",
      "  ${ROOT-COMMAND-NAME} config --config swarm.conf --changed",
      "  ${ROOT-COMMAND-NAME} config --layer cluster --json"
    })
final class ConfigCommand implements Callable<Integer> {
  private static final String DEFAULT = "default";

  private final Surroundings around;

  @Parameters(paramLabel = "PATH", arity = "0..1", description = "Just those whose names begin so.")
  private @Nullable String path;

  @Option(names = "--changed", description = "Just those that are not as the program has them.")
  private boolean changed;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "As if NANOSWARM_LAYER said so: local, cluster, kubernetes or load.")
  private @Nullable String layer;

  @Mixin private final CommonOptions common = new CommonOptions();

  ConfigCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var found = common.here(around).settingsInForce(layer);
    var settings =
        found.settings().stream()
            .filter(setting -> path == null || setting.key().startsWith(path))
            .filter(setting -> !changed || !setting.from().equals(DEFAULT))
            .toList();
    var console = common.console(around);
    if (json) {
      JsonView.print(console.out().stream(), settings.toArray(SettingView[]::new));
      return ExitCode.COMPLETED.code();
    }
    var err = console.err();
    err.print(err.look().line().text(Tone.DIM, "layer: " + found.layer()));
    if (settings.isEmpty()) {
      err.print(
          err.look()
              .line()
              .text(
                  changed
                      ? "every setting is as the program has it"
                      : "no setting begins with " + path));
      return ExitCode.COMPLETED.code();
    }
    var out = console.out();
    var look = out.look();
    var table = new Table(look, "KEY", "VALUE", "FROM");
    for (SettingView setting : settings) {
      boolean own = !setting.from().equals(DEFAULT);
      table.row(
          look.line().text(setting.key()),
          look.line().text(setting.value()),
          look.line().text(own ? Tone.ACCENT : Tone.DIM, setting.from()));
    }
    out.print(table.render(out.width()));
    return ExitCode.COMPLETED.code();
  }
}
