package io.nanoswarm.offline.workspace;

/**
 * A folder cannot be worked on. The message says what is wrong with which folder, the hint what to
 * do; neither needs a stack trace.
 */
public final class WorkspaceProblem extends Exception {
  private final String hint;

  public WorkspaceProblem(String message, String hint) {
    super(message, null, false, false);
    this.hint = hint;
  }

  public String hint() {
    return hint;
  }
}
