package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "unpause",
    header = "Let a paused session go on.",
    description = {
      "One that `pause` has paused. A session that nobody works on, since its node was left, needs"
          + " `resume`, which does both."
    })
final class UnpauseCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Mixin private final CommonOptions common = new CommonOptions();

  UnpauseCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (var link = common.linkFor(typed, around)) {
      var id = CommonOptions.find(typed, link).id();
      boolean wasPaused = link.client().session(id).pausedAt() != null;
      var session = link.client().unpause(id);
      String what =
          wasPaused
              ? "unpaused session " + id
              : "session %s was not paused by `%s`".formatted(id, around.naming("swarm pause"));
      String more =
          session.status().equals("paused")
              ? "; nobody works on it, continue with: " + common.typed("resume " + id, around)
              : "";
      common.console(around).err().done(what + more);
      return ExitCode.COMPLETED.code();
    }
  }
}
