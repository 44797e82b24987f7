package io.nanoswarm.metrics;

import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Since when tasks are ready that nobody works on, as far as this node has seen. As many as were
 * ready at the latest scrape.
 */
final class ReadyTasks {
  /** A task of a session. */
  record Ready(SessionId session, TaskId task) {}

  private final Map<Ready, Instant> since = new HashMap<>();

  /** Those that are ready now, each with the moment at which it was seen first. */
  synchronized Map<Ready, Instant> seen(Set<Ready> ready, Instant now) {
    since.keySet().retainAll(ready);
    ready.forEach(each -> since.putIfAbsent(each, now));
    return Map.copyOf(since);
  }
}
