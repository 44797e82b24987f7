package io.nanoswarm.memory;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Bounds of an agent's memory; the keys are explained in {@code reference.conf}.
 *
 * @param maxValues keys at which something may stand, at least 1
 * @param maxKeyBytes of one key as UTF-8, at least 1
 * @param maxValueBytes of one value as UTF-8, at least 1
 * @param snapshotEvery events between snapshots, at least 1
 * @param keepSnapshots how many are kept, at least 1
 * @param idleTimeout from its last message until a memory leaves the node's memory
 */
public record AgentMemorySettings(
    int maxValues,
    int maxKeyBytes,
    int maxValueBytes,
    int snapshotEvery,
    int keepSnapshots,
    Duration idleTimeout) {

  /** A reply must fit into one message between nodes. */
  static final int LARGEST_VALUE = 128 * 1024;

  public AgentMemorySettings {
    if (maxValues < 1 || maxKeyBytes < 1 || snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "swarm.memory: max-values %d, max-key-bytes %d, snapshot-every %d (expected: all >= 1)"
              .formatted(maxValues, maxKeyBytes, snapshotEvery));
    }
    if (maxValueBytes < 1 || maxValueBytes > LARGEST_VALUE) {
      throw new IllegalArgumentException(
          "swarm.memory.max-value-bytes: %d (expected: 1 to %d)"
              .formatted(maxValueBytes, LARGEST_VALUE));
    }
    if (keepSnapshots < 1 || !idleTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "swarm.memory: keep-snapshots %d, idle-timeout %s (expected: >= 1, > 0)"
              .formatted(keepSnapshots, idleTimeout));
    }
  }

  public static AgentMemorySettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.memory"));
  }

  public static AgentMemorySettings from(Config config) {
    return new AgentMemorySettings(
        config.getInt("max-values"),
        Math.toIntExact(config.getBytes("max-key-bytes")),
        Math.toIntExact(config.getBytes("max-value-bytes")),
        config.getInt("snapshot-every"),
        config.getInt("keep-snapshots"),
        config.getDuration("idle-timeout"));
  }
}
