package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.UserError;
import io.nanoswarm.definition.Similar;
import io.nanoswarm.terminal.Tone;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what is wrong, where, and what to do; a stack trace only for our own faults. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Surroundings around;

  ErrorReport(Surroundings around) {
    this.around = around;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    var command = exception.getCommandLine();
    var help = "see `swarm %s--help`".formatted(path(command));
    if (exception instanceof UnmatchedArgumentException unmatched) {
      var what = unmatched.getUnmatched().getFirst();
      boolean atRoot = command.getParent() == null && !what.startsWith("-");
      var kind = what.startsWith("-") ? "option" : atRoot ? "command" : "argument";
      tell("unknown %s '%s'".formatted(kind, what), suggestion(unmatched, what, atRoot, help));
    } else {
      var message = String.valueOf(exception.getMessage());
      tell(Character.toLowerCase(message.charAt(0)) + message.substring(1), help);
    }
    return ExitCode.USAGE.code();
  }

  private static String suggestion(
      UnmatchedArgumentException unmatched, String what, boolean atRoot, String help) {
    if (atRoot && what.strip().contains(" ")) {
      return "to ask a question: `swarm run \"%s\"`".formatted(what.strip());
    }
    var command = unmatched.getCommandLine();
    var known =
        what.startsWith("-")
            ? command.getCommandSpec().optionsMap().keySet()
            : command.getSubcommands().keySet();
    return Similar.to(what.split("=", 2)[0], known)
        .map(word -> "did you mean %s? Else %s".formatted(word, help))
        .orElse(help);
  }

  private static String path(CommandLine command) {
    return command.getParent() == null ? "" : command.getCommandName() + " ";
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult arguments) {
    return switch (exception) {
      case UserError error -> {
        tell(String.valueOf(error.getMessage()), error.hint());
        yield error.exitCode().code();
      }
      case NodeGone gone -> {
        tell(
            String.valueOf(gone.getMessage()),
            "try again: the next command finds or starts another");
        yield ExitCode.ENVIRONMENT.code();
      }
      case Interrupted _ -> ExitCode.INTERRUPTED.code();
      default -> {
        tell(
            "internal error: " + exception,
            "this is a fault of the program; please report it with:");
        exception.printStackTrace(around.console().err().stream());
        yield ExitCode.INTERNAL.code();
      }
    };
  }

  private void tell(String message, @Nullable String hint) {
    var err = around.console().err();
    err.print(err.look().line().text(Tone.BAD, "swarm: ").text(around.naming(message)));
    if (hint != null) {
      around.naming(hint).lines().forEach(line -> err.print(err.look().line().space(7).text(line)));
    }
  }
}
