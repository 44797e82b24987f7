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
 * @param passivateAfter from its last message until an unwatched blackboard leaves memory
 * @param restartMin from a failed write to the first restart
 * @param restartMax the longest wait before a restart
 */
public record BlackboardSettings(
    int maxEntries,
    long maxBytes,
    int snapshotEvery,
    Duration passivateAfter,
    Duration restartMin,
    Duration restartMax) {

  public BlackboardSettings {
    if (maxEntries < 1 || maxBytes < Draft.MAX_BYTES || snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "swarm.blackboard: max-entries %d, max-bytes %d, snapshot-every %d (expected: >= 1, >= %d, >= 1)"
              .formatted(maxEntries, maxBytes, snapshotEvery, Draft.MAX_BYTES));
    }
    if (!passivateAfter.isPositive()
        || !restartMin.isPositive()
        || restartMax.compareTo(restartMin) < 0) {
      throw new IllegalArgumentException(
          "swarm.blackboard: passivate-after %s, restart %s to %s (expected: > 0, min <= max)"
              .formatted(passivateAfter, restartMin, restartMax));
    }
  }

  public static BlackboardSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.blackboard"));
  }

  static BlackboardSettings from(Config config) {
    return new BlackboardSettings(
        config.getInt("max-entries"),
        config.getBytes("max-bytes"),
        config.getInt("snapshot-every"),
        config.getDuration("passivate-after"),
        config.getDuration("restart.min-backoff"),
        config.getDuration("restart.max-backoff"));
  }
}
