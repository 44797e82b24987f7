package io.nanoswarm.terminal;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the environment variables say about the terminal. */
final class LookChoice {
  private LookChoice() {}

  /** <a href="https://no-color.org">NO_COLOR</a> counts if it is set to anything. */
  static boolean color(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb(environment);
  }

  static boolean dumb(Map<String, String> environment) {
    var type = environment.getOrDefault("TERM", "");
    return type.isEmpty() || type.equals("dumb");
  }

  /** The first locale variable that is set decides, as everywhere. */
  static boolean unicode(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(value -> value.toLowerCase(Locale.ROOT).replace("-", "").endsWith("utf8"))
        .orElse(false);
  }
}
