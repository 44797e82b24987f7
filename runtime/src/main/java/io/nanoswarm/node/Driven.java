package io.nanoswarm.node;

import io.nanoswarm.session.SessionId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sessions are driven: those that this node has been asked for since it started, or, where
 * nodes stay, every one that is not over. Safe for many threads.
 */
final class Driven {
  private final boolean all;
  private final Set<SessionId> sessions = ConcurrentHashMap.newKeySet();

  /**
   * @param all whether every session that is not over is driven by some node
   */
  Driven(boolean all) {
    this.all = all;
  }

  void add(SessionId session) {
    sessions.add(session);
  }

  /** It is over: nobody drives it any more. */
  void remove(SessionId session) {
    sessions.remove(session);
  }

  /**
   * @param session that is not over
   */
  boolean contains(SessionId session) {
    return all || sessions.contains(session);
  }

  /** Those that this node has been asked for. */
  Set<SessionId> asked() {
    return Set.copyOf(sessions);
  }

  boolean isAll() {
    return all;
  }
}
