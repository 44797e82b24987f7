package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@SuppressWarnings("UnusedVariable") // picocli asks for help and version by itself
@Command(
    name = "swarm",
    header = "Nanoswarm: ask a question, have a swarm of agents answer it.",
    description = {
      "Agents work side by side, each in a JVM of its own, on the files of a folder; what they"
          + " find stands on a blackboard, and one answer with its sources comes out. Every"
          + " session is kept and survives whatever dies.",
    },
    synopsisSubcommandLabel = "COMMAND",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "",
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  NANOSWARM_DATA   where sessions are kept (default: .nanoswarm in the current folder)",
      "  NANOSWARM_CONFIG a file with settings of your own; NANOSWARM_LAYER: local, cluster or"
          + " kubernetes",
      "  NO_COLOR         no colours",
      "",
      "Begin with:  ${COMMAND-NAME} run \"What is this project about?\"",
    })
final class SwarmCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help; COMMAND --help shows that of a command.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Override
  public Integer call() {
    var line = spec.commandLine();
    line.usage(line.getErr());
    return ExitCode.USAGE.code();
  }
}
