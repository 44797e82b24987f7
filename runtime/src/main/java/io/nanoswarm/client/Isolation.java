package io.nanoswarm.client;

import java.util.Locale;

/** Where agents run. */
public enum Isolation {
  /** Every agent in a JVM of its own. */
  PROCESS,
  /** All agents of this kind in one worker JVM. */
  SHARED;

  /** As it is written on the command line and in requests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
