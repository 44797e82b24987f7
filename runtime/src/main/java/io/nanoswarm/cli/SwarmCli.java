package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line as a whole: takes arguments, gives an exit code. */
public final class SwarmCli {
  private static final int WIDEST_HELP = 100;

  private SwarmCli() {}

  /** Never throws and never ends the JVM: the caller exits with what is returned. */
  public static int run(Surroundings surroundings, String... arguments) {
    return commandLine(surroundings, surroundings.program()).execute(arguments);
  }

  static CommandLine commandLine(Surroundings around, String name) {
    var line =
        new CommandLine(new SwarmCommand())
            .addSubcommand(new RunCommand(around))
            .addSubcommand(new PlanCommand(around))
            .addSubcommand(new AskCommand(around))
            .addSubcommand(new AnswerCommand(around))
            .addSubcommand(new ResumeCommand(around))
            .addSubcommand(new CancelCommand(around))
            .addSubcommand(new PauseCommand(around))
            .addSubcommand(new UnpauseCommand(around))
            .addSubcommand(new PriorityCommand(around))
            .addSubcommand(new RetryCommand(around))
            .addSubcommand(new DiscardCommand(around))
            .addSubcommand(new SessionsCommand(around))
            .addSubcommand(new DeadCommand(around))
            .addSubcommand(new ShowCommand(around))
            .addSubcommand(new WatchCommand(around))
            .addSubcommand(new BlackboardCommand(around))
            .addSubcommand(new AgentsCommand(around))
            .addSubcommand(new TopCommand(around))
            .addSubcommand(new SkillsCommand(around))
            .addSubcommand(new ReloadCommand(around))
            .addSubcommand(new InitCommand(around))
            .addSubcommand(new NewCommand(around))
            .addSubcommand(new ChaosCommand(around))
            .addSubcommand(new LoadCommand(around))
            .addSubcommand(new DeleteCommand(around))
            .addSubcommand(new BackupCommand(around))
            .addSubcommand(new RestoreCommand(around))
            .addSubcommand(new UpCommand(around))
            .addSubcommand(new NodeCommand(around))
            .addSubcommand(new NodesCommand(around))
            .addSubcommand(new DrainCommand(around))
            .addSubcommand(new DownCommand(around))
            .addSubcommand(new CertsCommand(around))
            .addSubcommand(new AddOnsCommand(around))
            .addSubcommand(new DoctorCommand(around))
            .addSubcommand(new ConfigCommand(around))
            .addSubcommand(new LeashedNodeCommand(around))
            .addSubcommand(new CompletionCommand(around))
            .setCommandName(name);
    line.getCommandSpec().version("nanoswarm " + around.version());
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
    for (var command : new CommandLine[] {line, line.getSubcommands().get("run")}) {
      command
          .getCommandSpec()
          .usageMessage()
          .exitCodeListHeading("%nExit codes:%n")
          .exitCodeList(exitCodes());
    }
    line.getSubcommands().values().forEach(SwarmCli::space);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    var report = new ErrorReport(around);
    return dress(line, around.console(), report);
  }

  /** Headings and empty lines, the same in every command's help. */
  private static void space(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .synopsisHeading("%nUsage: ")
        .descriptionHeading("%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .sortOptions(false)
        .sortSynopsis(false);
  }

  private static CommandLine dress(CommandLine line, Console console, ErrorReport report) {
    var width = Math.max(60, Math.min(WIDEST_HELP, console.out().width()));
    return line.setUsageHelpWidth(width)
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setColorScheme(
            Help.defaultColorScheme(console.out().look().color() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setParameterExceptionHandler(report)
        .setExecutionExceptionHandler(report)
        .setAbbreviatedOptionsAllowed(false);
  }

  private static PrintWriter writer(Console.Port port) {
    return new PrintWriter(port.stream(), true, StandardCharsets.UTF_8);
  }

  private static Map<String, String> exitCodes() {
    var codes = new LinkedHashMap<String, String>();
    Arrays.stream(ExitCode.values())
        .forEach(code -> codes.put(" %3d".formatted(code.code()), code.meaning()));
    return codes;
  }
}
