package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "pause",
    header = "Have nothing more of a session begun, until it is unpaused.",
    description = {
      "Tasks that run go on, and what they come to is kept; no other is begun, also after a restart"
          + " or on other nodes. A time limit of the session stands still. It can be answered and"
          + " cancelled meanwhile."
    })
final class PauseCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Mixin private final CommonOptions common = new CommonOptions();

  PauseCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (var link = common.linkFor(typed, around)) {
      var id = CommonOptions.find(typed, link).id();
      var before = link.client().session(id).pausedAt();
      var session = link.client().pause(id);
      long running =
          session.tasks().stream().filter(task -> task.state().equals("running")).count();
      common
          .console(around)
          .err()
          .done(
              (before == null
                      ? "paused session " + id
                      : "session %s is paused already, since %s"
                          .formatted(id, before.truncatedTo(ChronoUnit.SECONDS)))
                  + (running == 0
                      ? ""
                      : running == 1
                          ? "; a task that runs goes on"
                          : "; %d tasks that run go on".formatted(running))
                  + "; let it go on with: "
                  + common.typed("unpause " + id, around));
      return ExitCode.COMPLETED.code();
    }
  }
}
