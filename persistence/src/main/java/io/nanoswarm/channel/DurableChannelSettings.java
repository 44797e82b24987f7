package io.nanoswarm.channel;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Bounds of a durable channel; the keys are explained in {@code reference.conf}.
 *
 * @param maxMessages kept for late subscribers, at least 1
 * @param maxBytes of the messages kept, at least one message's
 * @param snapshotEvery events between snapshots, at least 1
 * @param keepSnapshots how many are kept, at least 1
 * @param idleTimeout from its last message until an unwatched channel leaves memory
 */
public record DurableChannelSettings(
    int maxMessages, long maxBytes, int snapshotEvery, int keepSnapshots, Duration idleTimeout) {

  public DurableChannelSettings {
    if (maxMessages < 1 || maxBytes < DurableChannel.MAX_MESSAGE_BYTES || snapshotEvery < 1) {
      throw new IllegalArgumentException(
          "swarm.channel: max-messages %d, max-bytes %d, snapshot-every %d (expected: >= 1, >= %d, >= 1)"
              .formatted(maxMessages, maxBytes, snapshotEvery, DurableChannel.MAX_MESSAGE_BYTES));
    }
    if (keepSnapshots < 1 || !idleTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "swarm.channel: keep-snapshots %d, idle-timeout %s (expected: >= 1, > 0)"
              .formatted(keepSnapshots, idleTimeout));
    }
  }

  public static DurableChannelSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.channel"));
  }

  public static DurableChannelSettings from(Config config) {
    return new DurableChannelSettings(
        config.getInt("max-messages"),
        config.getBytes("max-bytes"),
        config.getInt("snapshot-every"),
        config.getInt("keep-snapshots"),
        config.getDuration("idle-timeout"));
  }
}
