package io.nanoswarm.client;

import java.util.concurrent.CompletionStage;

/** A node in this JVM that stays until it is closed. */
public interface StayingNode extends AutoCloseable {

  /** Its address in the cluster, as {@code host:port}. */
  String address();

  /** Whether whoever reaches it from another machine is part of the swarm, for want of TLS. */
  boolean isOpenToStrangers();

  /**
   * Completes with the reason if the node has to end without having been asked: the others of its
   * cluster have gone on without it.
   */
  CompletionStage<String> lost();

  /**
   * Shuts the node down in order: its agents' JVMs end, what it holds goes to the other nodes of
   * its cluster or waits, the data folder is released. Blocks until that is done, within a bound of
   * its own; a second call does nothing. Also called while the calling thread's interruption is
   * being handled.
   */
  @Override
  void close();
}
