package io.nanoswarm.skills.exec;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The environment that a child process sees: what any program needs, and what is named. */
public final class ChildEnvironment {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "PATH", "/usr/local/bin:/usr/bin:/bin",
          "HOME", "/tmp",
          "LANG", "C.UTF-8",
          "TERM", "dumb");

  private ChildEnvironment() {}

  /**
   * Path, home, language and terminal of this process, or a default of each, and those variables
   * among {@code allowed} that are set. Keys and tokens of others stay behind.
   */
  public static Map<String, String> allowing(Collection<String> allowed) {
    return allowing(allowed, System.getenv());
  }

  static Map<String, String> allowing(Collection<String> allowed, Map<String, String> own) {
    var environment = new TreeMap<String, String>();
    ALWAYS.forEach((name, otherwise) -> environment.put(name, own.getOrDefault(name, otherwise)));
    environment.put("PYTHONUNBUFFERED", "1");
    for (String name : allowed) {
      String value = own.get(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    return environment;
  }
}
