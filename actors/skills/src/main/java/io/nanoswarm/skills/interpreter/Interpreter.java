package io.nanoswarm.skills.interpreter;

import java.nio.file.Path;

/**
 * A runtime that was found on this machine.
 *
 * @param path of its executable
 * @param version as it says itself
 */
public record Interpreter(Path path, Version version) {
  @Override
  public String toString() {
    return version + " (" + path + ")";
  }
}
