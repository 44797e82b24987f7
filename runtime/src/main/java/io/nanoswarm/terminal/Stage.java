package io.nanoswarm.terminal;

/** How far a session has come, told from the roles of the tasks that are not over yet. */
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

  static Stage ofRole(String role) {
    return switch (role) {
      case "critic", "checker", "verifier", "reviewer" -> CHECKING;
      case "coordinator", "writer", "answerer", "editor" -> ANSWERING;
      default -> SEARCHING;
    };
  }
}
