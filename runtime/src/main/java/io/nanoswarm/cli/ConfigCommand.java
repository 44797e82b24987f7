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
        "Those of a node that is started here and now. Each is explained beside its default, in"
            + " the program's reference.conf.",
    footerHeading = "%nExamples:%n",
    footer = {"  ${ROOT-COMMAND-NAME} config", "  ${ROOT-COMMAND-NAME} config swarm.session"})
final class ConfigCommand implements Callable<Integer> {
  private static final String DEFAULT = "default";

  private final Surroundings around;

  @Parameters(paramLabel = "PATH", arity = "0..1", description = "Just those whose names begin so.")
  private @Nullable String path;

  @Option(names = "--changed", description = "Just those that are not as the program has them.")
  private boolean changed;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  ConfigCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var settings =
        around.nodes().settings().stream()
            .filter(setting -> path == null || setting.key().startsWith(path))
            .filter(setting -> !changed || !setting.from().equals(DEFAULT))
            .toList();
    var console = common.console(around);
    if (json) {
      JsonView.print(console.out().stream(), settings.toArray(SettingView[]::new));
      return ExitCode.COMPLETED.code();
    }
    var out = console.out();
    var look = out.look();
    var table = new Table(look, "FROM", "KEY", "VALUE");
    for (SettingView setting : settings) {
      boolean own = !setting.from().equals(DEFAULT);
      table.row(
          look.line().text(own ? Tone.ACCENT : Tone.DIM, setting.from()),
          look.line().text(setting.key()),
          look.line().text(setting.value()));
    }
    if (settings.isEmpty()) {
      var err = console.err();
      err.print(
          err.look()
              .line()
              .text(
                  changed
                      ? "every setting is as the program has it"
                      : "no setting begins with " + path));
    } else {
      out.print(table.render(out.width()));
    }
    return ExitCode.COMPLETED.code();
  }
}
