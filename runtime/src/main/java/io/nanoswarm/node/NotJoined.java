package io.nanoswarm.node;

/** A node found none of those whose cluster it was to join, or was not let in. */
final class NotJoined extends Exception {
  private final String hint;

  /**
   * @param hint what to do about it
   */
  NotJoined(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  String hint() {
    return hint;
  }
}
