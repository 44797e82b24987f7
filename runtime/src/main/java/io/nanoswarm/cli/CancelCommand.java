package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    header = "Stop a session for good.",
    description = "What was found stays on its blackboard; there is no way back to work on it.")
final class CancelCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept with the session.")
  private String reason = "cancelled by the user";

  @Mixin private final CommonOptions common = new CommonOptions();

  CancelCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (var link = common.linkFor(typed, around)) {
      var session = CommonOptions.find(typed, link);
      if (session.endedAt() != null) {
        throw UserError.usage(
            "session %s is over already: %s".formatted(session.id(), session.status()),
            "look at it with `swarm show %s`".formatted(session.id()));
      }
      link.client().cancel(session.id(), reason);
      common.console(around).err().done("cancelled session " + session.id());
      return ExitCode.COMPLETED.code();
    }
  }
}
