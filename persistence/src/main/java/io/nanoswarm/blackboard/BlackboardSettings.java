package io.nanoswarm.blackboard;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Bounds of a blackboard; the keys are explained in {@code reference.conf}.
 *
 * @param maxEntries paths at which something may stand, at least 1
 * @param maxBytes of all drafts together, at least one draft's
 * @param snapshotEvery events between snapshots, at least 1
 * @param keepSnapshots how many are kept, at least 1
 * @param idleTimeout from its last message until an unwatched blackboard leaves memory
 */
public record BlackboardSettings(
    int maxEntries, long maxBytes, int snapshotEvery, int keepSnapshots, Duration idleTimeout) {

  public BlackboardSettings {
    if (maxEntries < 1 || maxBytes < Draft.MAX_BYTES || snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "swarm.blackboard: max-entries %d, max-bytes %d, snapshot-every %d (expected: >= 1, >= %d, >= 1)"
              .formatted(maxEntries, maxBytes, snapshotEvery, Draft.MAX_BYTES));
    }
    if (keepSnapshots < 1 || !idleTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "swarm.blackboard: keep-snapshots %d, idle-timeout %s (expected: >= 1, > 0)"
              .formatted(keepSnapshots, idleTimeout));
    }
  }

  public static BlackboardSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.blackboard"));
  }

  public static BlackboardSettings from(Config config) {
    return new BlackboardSettings(
        config.getInt("max-entries"),
        config.getBytes("max-bytes"),
        config.getInt("snapshot-every"),
        config.getInt("keep-snapshots"),
        config.getDuration("idle-timeout"));
  }
}
