package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    header = "Print a completion script for bash or zsh.",
    description = "One script serves both shells.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(${ROOT-COMMAND-NAME} completion bash)",
      "  ${ROOT-COMMAND-NAME} completion zsh > ~/.swarm-completion; source ~/.swarm-completion",
    })
final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final Surroundings around;

  @Parameters(paramLabel = "SHELL", arity = "0..1", description = "bash (the default) or zsh.")
  private String shell = "bash";

  @Mixin private final CommonOptions common = new CommonOptions();

  CompletionCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw UserError.usage("no completion for '" + shell + "'", "write bash or zsh");
    }
    var name = Path.of(around.program()).getFileName().toString();
    common.console(around).out().stream()
        .print(AutoComplete.bash(name, SwarmCli.commandLine(around, name)));
    return ExitCode.COMPLETED.code();
  }
}
