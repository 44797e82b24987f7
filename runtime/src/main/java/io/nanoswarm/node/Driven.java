package io.nanoswarm.node;

import io.nanoswarm.session.SessionId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which sessions this node has been asked to drive since it started. Safe for many threads. */
final class Driven {
  private final Set<SessionId> sessions = ConcurrentHashMap.newKeySet();

  void add(SessionId session) {
    sessions.add(session);
  }

  /** It is over: nobody drives it any more. */
  void remove(SessionId session) {
    sessions.remove(session);
  }

  boolean contains(SessionId session) {
    return sessions.contains(session);
  }

  Set<SessionId> all() {
    return Set.copyOf(sessions);
  }
}
