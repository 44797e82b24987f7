package io.nanoswarm.skills.interpreter;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of this JVM, as far as skills may see it.
 *
 * @param variables all of them
 */
public record Surroundings(Map<String, String> variables) {
  private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "TMPDIR", "TZ");

  public Surroundings {
    variables = Map.copyOf(variables);
  }

  /** What every child sees, and of the others those that are named. */
  public Map<String, String> passedOn(List<String> named) {
    var passedOn = new TreeMap<String, String>();
    variables.forEach((name, value) -> {
      if (PASSED_ON.contains(name) || name.startsWith("LC_") || named.contains(name)) {
        passedOn.put(name, value);
      }
    });
    return passedOn;
  }

  /** The folder that a variable names, if it is set to an absolute path. */
  Optional<Path> folder(String variable) {
    try {
      return Optional.ofNullable(variables.get(variable)).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  /** A path below the home folder, if there is one. */
  Optional<Path> inHome(String path) {
    return folder("HOME").map(home -> home.resolve(path));
  }

  /** The folders of PATH, in order. */
  List<Path> path() {
    var folders = new ArrayList<Path>();
    for (String each : variables.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      try {
        if (!each.isEmpty()) {
          folders.add(Path.of(each));
        }
      } catch (InvalidPathException _) {
        // As good as one that is not there.
      }
    }
    return folders;
  }

  /** A program on PATH. */
  public Optional<Path> program(String name) {
    return path().stream().map(each -> each.resolve(name)).filter(Surroundings::runs).findFirst();
  }

  static boolean runs(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
