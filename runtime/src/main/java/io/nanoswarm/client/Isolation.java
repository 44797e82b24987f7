package io.nanoswarm.client;

import java.util.Locale;

/** Where agents run. */
public enum Isolation {
  /** Every agent in a JVM of its own. */
  PROCESS,
  /** Many agents in the node's own JVM. */
  SHARED;

  /** As it is written on the command line and in requests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
