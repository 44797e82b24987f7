package io.nanoswarm.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What decides whether a node takes on a session more. What it has taken on it finishes: better no
 * session than one that cannot be stored.
 *
 * <p>The space on the disk is looked at, and not reserved: sessions do not say how much they will
 * store. What has to be free is meant to be enough for those that run.
 *
 * @param data the data folder
 */
record Admission(AdmissionSettings settings, Path data) {
  private static final long MEGABYTE = 1024 * 1024;

  /** How many sessions may be unfinished. */
  int most() {
    return settings.maxUnfinished();
  }

  SwarmProblem tooMany(int unfinished) {
    return new SwarmProblem(
        SwarmProblem.Kind.UNAVAILABLE,
        "%d sessions are not over, the most that this node takes on".formatted(unfinished),
        "wait for some to end, or end them with `swarm cancel ID`: see `swarm sessions`");
  }

  /**
   * @throws SwarmProblem if too little space is free; says what can be done
   */
  void checkSpace() {
    long free = freeBytes();
    if (free < settings.minFreeBytes()) {
      throw new SwarmProblem(
          SwarmProblem.Kind.UNAVAILABLE,
          "%d MB are free on the disk of %s (expected: at least %d MB)"
              .formatted(free / MEGABYTE, data, settings.minFreeBytes() / MEGABYTE),
          "free some space, delete old sessions with `swarm delete --ended`, or use another disk"
              + " with --data DIR");
    }
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(data).getUsableSpace();
    } catch (IOException e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.UNAVAILABLE,
          "the data folder cannot be looked at: %s".formatted(e.getMessage()),
          "use another one with --data DIR");
    }
  }
}
