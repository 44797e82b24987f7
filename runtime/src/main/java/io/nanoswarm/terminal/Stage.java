package io.nanoswarm.terminal;

import java.util.Optional;

/**
 * How far a session of the built-in agents has come, told from the roles of the tasks that are not
 * over yet. Of other swarms nobody knows in which order they do what.
 */
public enum Stage {
  PLANNING("planning"),
  SEARCHING("searching"),
  CHECKING("checking"),
  ANSWERING("answering"),
  DONE("done");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  static Optional<Stage> ofRole(String role) {
    return switch (role) {
      case "researcher", "architect", "analyst" -> Optional.of(SEARCHING);
      case "critic" -> Optional.of(CHECKING);
      case "coordinator" -> Optional.of(ANSWERING);
      default -> Optional.empty();
    };
  }
}
