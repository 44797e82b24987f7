package io.nanoswarm.skills.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** What tests need of the machine that runs them, and may miss. */
final class Here {
  private static final Surroundings SURROUNDINGS = new Surroundings(System.getenv());

  private static final Interpreters INTERPRETERS = new Interpreters(SURROUNDINGS);

  private Here() {}

  static boolean hasProc() {
    return Files.isDirectory(Path.of("/proc/self"));
  }

  static boolean hasSetsid() {
    return hasProc() && SURROUNDINGS.program("setsid").isPresent();
  }

  static boolean hasPython() {
    return hasPython(">=3.8");
  }

  static boolean hasNode() {
    try {
      return INTERPRETERS.node(WantedVersion.of(">=18")).version() != null;
    } catch (Unready _) {
      return false;
    }
  }

  static boolean hasPython(String version) {
    try {
      return INTERPRETERS.python(WantedVersion.of(version)).version() != null;
    } catch (Unready _) {
      return false;
    }
  }
}
