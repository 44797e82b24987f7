package io.nanoswarm.session;

import io.nanoswarm.session.Session.Command;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Who watches a session. A watcher is told references to what the session holds: it lives in the
 * same JVM, since a whole session is too large for a message. Owned by one Session.
 */
final class Watchers {
  private final ActorContext<Command> context;
  private final Set<ActorRef<SessionUpdate>> watchers = new LinkedHashSet<>();

  Watchers(ActorContext<Command> context) {
    this.context = context;
  }

  /** Watches on, if it did before. */
  void add(ActorRef<SessionUpdate> watcher) {
    if (watchers.add(watcher)) {
      context.watchWith(watcher, new Session.WatcherStopped(watcher));
    }
  }

  void remove(ActorRef<SessionUpdate> watcher) {
    watchers.remove(watcher);
  }

  void tell(SessionUpdate update) {
    watchers.forEach(watcher -> watcher.tell(update));
  }

  boolean isEmpty() {
    return watchers.isEmpty();
  }
}
