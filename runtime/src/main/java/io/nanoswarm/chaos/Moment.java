package io.nanoswarm.chaos;

/** When in the life of a task, or of a process, a fault comes. */
public enum Moment {
  /** The process has been started, and does not serve yet. */
  STARTING("while it starts"),
  /** An attempt was granted a moment ago. */
  BEGINNING("as a task begins"),
  /** An attempt has been going on for some while. */
  RUNNING("while a task runs"),
  /** An agent has just posted: the settling of its task is on its way. */
  SETTLING("while a task settles");

  private final String text;

  Moment(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
