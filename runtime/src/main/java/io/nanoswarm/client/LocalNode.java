package io.nanoswarm.client;

/** A control node in this JVM, started by {@link Nodes#start}. */
public interface LocalNode extends AutoCloseable {

  /** Where it listens; answers as long as the node is not closed. */
  Endpoint endpoint();

  /**
   * Shuts the node down in order: unfinished sessions are paused, its agents' JVMs end, the data
   * folder is released. Blocks until that is done, within a bound of its own; a second call does
   * nothing. Also called while the calling thread's interruption is being handled.
   */
  @Override
  void close();
}
