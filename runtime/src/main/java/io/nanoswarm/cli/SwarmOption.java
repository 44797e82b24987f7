package io.nanoswarm.cli;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.Nodes;
import io.nanoswarm.client.UserError;
import io.nanoswarm.definition.FlawedSwarmFile;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the file that says what a swarm is made of, for the commands that take one. */
final class SwarmOption {
  private SwarmOption() {}

  /**
   * @param typed as the user gave it
   * @param nodes whose settings say where skills are
   * @throws UserError if it is not there, or does not say a swarm
   */
  static SwarmDefinition read(Path typed, Nodes nodes, Surroundings around) {
    Path file = around.resolve(typed);
    if (Files.isDirectory(file)) {
      file = file.resolve(SwarmFile.NAME);
    }
    if (!Files.exists(file)) {
      throw UserError.usage(
          "there is no %s".formatted(file), "`swarm init` writes one that explains itself");
    }
    try {
      return SwarmFile.read(file, shown(file, around), nodes.vocabulary());
    } catch (FlawedSwarmFile e) {
      int count = e.lines().size();
      throw new UserError(
          ExitCode.USAGE,
          "%s has %s".formatted(file, count == 1 ? "a mistake" : count + " mistakes"),
          String.join("\n", e.lines()));
    } catch (CharacterCodingException e) {
      throw UserError.usage("%s is no text in UTF-8".formatted(file), "save it as UTF-8");
    } catch (IOException e) {
      throw UserError.usage(
          "%s cannot be read: %s".formatted(file, e), "name a file that you may read");
    }
  }

  private static String shown(Path file, Surroundings around) {
    return file.startsWith(around.folder())
        ? around.folder().relativize(file).toString()
        : file.toString();
  }
}
