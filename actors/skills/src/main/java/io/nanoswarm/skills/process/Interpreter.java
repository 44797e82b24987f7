package io.nanoswarm.skills.process;

import java.nio.file.Path;

/**
 * A runtime that was found on this machine.
 *
 * @param path of its executable
 * @param version as it says itself
 */
record Interpreter(Path path, Version version) {
  @Override
  public String toString() {
    return version + " (" + path + ")";
  }
}
