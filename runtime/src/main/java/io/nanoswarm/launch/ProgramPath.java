package io.nanoswarm.launch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The folders in which programs are looked up.
 *
 * @param value as the environment has it; what is relative in it is left out, since it means
 *     something else in every folder
 */
record ProgramPath(String value) {

  /** The program that a shell would run. */
  Optional<Path> find(String name) {
    if (name.contains("/") || name.contains(File.separator)) {
      return Optional.empty();
    }
    try {
      return Arrays.stream(value.split(File.pathSeparator))
          .filter(folder -> !folder.isBlank())
          .map(Path::of)
          .filter(Path::isAbsolute)
          .map(folder -> folder.resolve(name))
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .findFirst();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
