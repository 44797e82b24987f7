package io.nanoswarm.cli;

import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.SessionPrefix;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry",
    header = "Have tasks done anew that have ended badly.",
    description = {
      "With them, all that came after them is done again. A session that is over goes on; this"
          + " command stays with it like `run`. One that failed or timed out goes on even if no"
          + " task has ended badly."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  ${ROOT-COMMAND-NAME} retry 7f3", "  ${ROOT-COMMAND-NAME} retry 7f3 search-2"})
final class RetryCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TASK",
      description = "As `dead` lists them; default: all of the session but the discarded.")
  private List<String> tasks = List.of();

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  RetryCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (!common.hasData(around)) {
      throw SessionPrefix.unknown(typed);
    }
    return new Attendance(around, common, output)
        .attend(
            NodeOptions.DEFAULT,
            client -> {
              var session = SessionPrefix.resolve(typed, client.sessions());
              client.retry(session.id(), tasks);
              return session.id();
            })
        .code();
  }
}
