package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.UserError;
import io.nanoswarm.definition.SwarmFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    header = "Write a swarm.yaml that explains itself.",
    description = "It runs as it stands, with the built-in agents. A file that exists stays.",
    footerHeading = "%nExample:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} init",
      "  ${ROOT-COMMAND-NAME} run --swarm swarm.yaml \"Where are retries bounded?\""
    })
final class InitCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(names = "--dir", paramLabel = "DIR", description = "Where to write it. Default: here.")
  private Path folder = Path.of("");

  @Mixin private final CommonOptions common = new CommonOptions();

  InitCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path place = around.resolve(folder);
    if (!Files.isDirectory(place)) {
      throw UserError.usage("there is no folder %s".formatted(place), "create it, or name another");
    }
    Path file = place.resolve(SwarmFile.NAME);
    try {
      Files.writeString(
          file,
          Templates.text("swarm.yaml"),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException _) {
      throw UserError.usage(
          "%s exists already, and stays as it is".formatted(file),
          "use another folder with --dir DIR");
    } catch (IOException e) {
      throw UserError.environment(
          "%s cannot be written: %s".formatted(file, e.getMessage()),
          "use another folder with --dir DIR");
    }
    common.console(around).err().done("wrote " + file);
    return ExitCode.COMPLETED.code();
  }
}
