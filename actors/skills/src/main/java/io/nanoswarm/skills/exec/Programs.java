package io.nanoswarm.skills.exec;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs as a shell does. */
public final class Programs {
  private Programs() {}

  /**
   * @param name a name, which is looked up, or a path
   * @param path folders, as in the variable {@code PATH}
   */
  public static Optional<Path> find(String name, String path) {
    try {
      if (name.contains(File.separator)) {
        return Optional.of(Path.of(name)).filter(Programs::runs);
      }
      return Stream.of(path.split(File.pathSeparator))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder, name))
          .filter(Programs::runs)
          .findFirst();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static boolean runs(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
