package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    header = "Copy the data folder into one file.",
    description = {
      "Sessions may run meanwhile: the copy has all that was confirmed before it began. `restore`"
          + " puts it back."
    },
    footerHeading = "%nExample:%n",
    footer = "  ${ROOT-COMMAND-NAME} backup ~/swarm-2026-01-02.zip")
final class BackupCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "FILE", description = "Where to; it must not exist.")
  private Path file = Path.of("");

  @Mixin private final CommonOptions common = new CommonOptions();

  BackupCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (!common.hasData(around)) {
      throw UserError.usage(
          "there is no data folder %s".formatted(common.dataFolder(around)),
          "name one with --data DIR");
    }
    try (var link = common.link(around)) {
      var copy = link.client().backup(around.resolve(file).toString());
      common
          .console(around)
          .err()
          .done(
              "copied %d %s into %s, %d kB"
                  .formatted(
                      copy.sessions(),
                      copy.sessions() == 1 ? "session" : "sessions",
                      copy.file(),
                      (copy.bytes() + 1023) / 1024));
      return ExitCode.COMPLETED.code();
    }
  }
}
