package io.nanoswarm.cli;

import io.nanoswarm.api.SessionPriority;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "priority",
    header = "Make a session more or less urgent than others.",
    description = {
      "Agents take what is more urgent first, and now and then the oldest of the rest. Tasks of the"
          + " session that wait change their place at once; those that run go on. Among themselves"
          + " they stay as they were planned."
    },
    footerHeading = "%nExample:%n",
    footer = "  ${ROOT-COMMAND-NAME} priority 7f3a high")
final class PriorityCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Parameters(
      index = "1",
      paramLabel = "low|normal|high|urgent",
      description = "A session is normal to begin with.")
  private String word = "";

  @Mixin private final CommonOptions common = new CommonOptions();

  PriorityCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var priority =
        SessionPriority.of(word)
            .orElseThrow(() ->
                UserError.usage(
                    "no priority '%s'".formatted(word), "give one of " + SessionPriority.words()));
    try (var link = common.linkFor(typed, around)) {
      var id = CommonOptions.find(typed, link).id();
      var before = link.client().session(id).priority();
      var session = link.client().prioritise(id, priority);
      common
          .console(around)
          .err()
          .done(
              before.equals(session.priority())
                  ? "session %s has priority %s already".formatted(id, before)
                  : "session %s has priority %s now, it was %s"
                      .formatted(id, session.priority(), before));
      return ExitCode.COMPLETED.code();
    }
  }
}
