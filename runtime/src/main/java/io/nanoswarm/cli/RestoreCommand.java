package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    header = "Put a backup into a data folder.",
    description = {
      "The folder must not exist, or be empty: nothing is ever replaced. Sessions that were running"
          + " are paused in it; go on with `resume`."
    },
    footerHeading = "%nExample:%n",
    footer = "  ${ROOT-COMMAND-NAME} restore ~/swarm-2026-01-02.zip --data /srv/swarm")
final class RestoreCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "FILE", description = "What `backup` wrote.")
  private Path file = Path.of("");

  @Mixin private final CommonOptions common = new CommonOptions();

  RestoreCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    common.needOwnJournal(
        "a backup holds the journal of a data folder",
        "restore the database with pg_restore, which has everything but the folder blackboard; or"
            + " unset NANOSWARM_JOURNAL and NANOSWARM_POSTGRESQL_URL",
        around);
    Path folder = common.dataFolder(around);
    around.nodes().restore(around.resolve(file), folder);
    common.console(around).err().done("restored into %s".formatted(folder));
    return ExitCode.COMPLETED.code();
  }
}
