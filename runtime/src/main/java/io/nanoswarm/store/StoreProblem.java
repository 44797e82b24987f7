package io.nanoswarm.store;

/** Files or rows cannot be treated as asked; says what is wrong, and what to do about it. */
public final class StoreProblem extends Exception {
  private final String hint;

  public StoreProblem(String message, String hint) {
    super(message, null, false, false);
    this.hint = hint;
  }

  /** What the user can do. */
  public String hint() {
    return hint;
  }
}
