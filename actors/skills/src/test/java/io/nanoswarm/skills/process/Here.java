package io.nanoswarm.skills.process;

import io.nanoswarm.skills.interpreter.Interpreters;
import io.nanoswarm.skills.interpreter.Language;
import io.nanoswarm.skills.interpreter.NoInterpreter;
import io.nanoswarm.skills.interpreter.Surroundings;
import io.nanoswarm.skills.interpreter.WantedVersion;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests need of the machine that runs them, and may miss. */
final class Here {
  private static final Surroundings SURROUNDINGS = new Surroundings(System.getenv());

  private static final Interpreters INTERPRETERS =
      new Interpreters(SURROUNDINGS, Launch.ANSWER_WITHIN);

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
    return has(Language.NODE, ">=18");
  }

  static boolean hasPython(String version) {
    return has(Language.PYTHON, version);
  }

  private static boolean has(Language language, String version) {
    try {
      return INTERPRETERS.find(language, WantedVersion.of(version)).version() != null;
    } catch (NoInterpreter _) {
      return false;
    }
  }
}
