package io.nanoswarm.skills.process;

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
import org.jspecify.annotations.Nullable;

/**
 * The environment of this JVM, as far as skills may see it.
 *
 * @param variables all of them
 */
record Surroundings(Map<String, String> variables) {
  private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "TMPDIR", "TZ");

  Surroundings {
    variables = Map.copyOf(variables);
  }

  /** What every child sees, and of the others those that are named. */
  Map<String, String> passedOn(List<String> named) {
    var passedOn = new TreeMap<String, String>();
    variables.forEach((name, value) -> {
      if (PASSED_ON.contains(name) || name.startsWith("LC_") || named.contains(name)) {
        passedOn.put(name, value);
      }
    });
    return passedOn;
  }

  @Nullable String variable(String name) {
    return variables.get(name);
  }

  Optional<Path> home() {
    return Optional.ofNullable(variables.get("HOME")).map(Path::of);
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
  Optional<Path> program(String name) {
    return path().stream().map(each -> each.resolve(name)).filter(Surroundings::runs).findFirst();
  }

  static boolean runs(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
