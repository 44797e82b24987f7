package io.nanoswarm.node;

/** A node found none of those whose cluster it was to join. */
final class NotJoined extends Exception {
  NotJoined(String message) {
    super(message);
  }
}
