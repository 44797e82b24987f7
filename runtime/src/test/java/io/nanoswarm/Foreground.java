package io.nanoswarm;

import java.io.IOException;
import java.util.List;

/**
 * Makes a process hear SIGINT as if it were started in a terminal: below a shell that runs in the
 * background the signal is ignored, children inherit that, and a JVM leaves it so.
 */
public final class Foreground {
  private static final List<String> ENV = List.of("env", "--default-signal=INT");

  private Foreground() {}

  /** What goes before the command; nothing where the system has no such tool. */
  public static List<String> prefix() throws IOException {
    try {
      var probe = new ProcessBuilder("env", "--default-signal=INT", "true").start();
      return probe.waitFor() == 0 ? ENV : List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
