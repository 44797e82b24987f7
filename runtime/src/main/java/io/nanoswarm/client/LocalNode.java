package io.nanoswarm.client;

/**
 * A control node in this JVM, started by {@link Nodes#start}. Where it is alone, unfinished
 * sessions are paused when it closes.
 */
public interface LocalNode extends StayingNode {

  /** Where it listens; answers as long as the node is not closed. */
  Endpoint endpoint();
}
