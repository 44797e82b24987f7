package io.nanoswarm.client;

/** The thread was interrupted while it waited for the node. Its interrupt flag is cleared. */
public final class Interrupted extends RuntimeException {
  public Interrupted() {
    super("interrupted", null, false, false);
  }
}
