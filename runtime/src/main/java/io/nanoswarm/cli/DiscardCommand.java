package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "discard",
    header = "Give a task up, or list it no more.",
    description = {
      "A task that has not ended is given up, with all that it delegated: its session goes on"
          + " without it. One that has ended badly is just listed no more by `dead`."
    })
final class DiscardCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "As `show` and `dead` list it.")
  private String task = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept with the task.")
  private String reason = "by the user";

  @Mixin private final CommonOptions common = new CommonOptions();

  DiscardCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (var link = common.linkFor(typed, around)) {
      var session = CommonOptions.find(typed, link);
      link.client().discard(session.id(), task, reason);
      common.console(around).err().done("discarded %s of session %s".formatted(task, session.id()));
      return ExitCode.COMPLETED.code();
    }
  }
}
