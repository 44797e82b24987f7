package io.nanoswarm.cli;

import io.nanoswarm.client.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Checks the folder that answers are looked for in, before anything is started for it. */
final class WorkspaceFolder {
  private WorkspaceFolder() {}

  /** A folder that holds something, as an absolute path. */
  static Path check(String typed, Surroundings surroundings, Path dataFolder) {
    var folder = check(typed, surroundings);
    if (isEmpty(folder, dataFolder)) {
      throw UserError.usage(
          "workspace " + folder + " is empty: there is nothing to find out from",
          "give a folder with files in it with --workspace DIR");
    }
    return folder;
  }

  /** Any folder that can be read, as an absolute path. */
  static Path check(String typed, Surroundings surroundings) {
    var folder = path(typed, surroundings);
    if (!Files.exists(folder)) {
      throw UserError.usage(
          "workspace " + folder + " does not exist", "give a folder with --workspace DIR");
    }
    if (!Files.isDirectory(folder)) {
      throw UserError.usage(
          "workspace " + folder + " is a file, not a folder",
          "give the folder it is in: --workspace " + folder.getParent());
    }
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw UserError.usage(
          "workspace " + folder + " cannot be read by this user",
          "change its permissions, or give another folder with --workspace DIR");
    }
    return folder;
  }

  private static Path path(String typed, Surroundings surroundings) {
    if (typed.isBlank()) {
      throw UserError.usage("--workspace is empty", "give a folder, or leave the option out");
    }
    try {
      return surroundings.resolve(Path.of(typed));
    } catch (InvalidPathException e) {
      throw UserError.usage("workspace '" + typed + "' is no path", "give a folder");
    }
  }

  private static boolean isEmpty(Path folder, Path dataFolder) {
    try (var entries = Files.list(folder)) {
      return entries.allMatch(dataFolder::equals);
    } catch (IOException e) {
      throw UserError.usage(
          "workspace " + folder + " cannot be listed: " + e.getMessage(),
          "give another folder with --workspace DIR");
    }
  }
}
