package io.nanoswarm.cluster;

/** What a cluster member does. The only place where Pekko's role strings are written. */
public enum NodeRole {
  /** Hosts everything durable: sessions, blackboards, queues, the supervisor. */
  CONTROL("control"),
  /** Owns worker processes on its machine. A control node is one too. */
  MACHINE("machine"),
  /** Hosts agents, by default exactly one. Has no database, no shards. */
  WORKER("worker");

  private final String id;

  NodeRole(String id) {
    this.id = id;
  }

  /** The role's name in {@code pekko.cluster.roles}. */
  public String id() {
    return id;
  }
}
