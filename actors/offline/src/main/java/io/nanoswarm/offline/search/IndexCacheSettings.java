package io.nanoswarm.offline.search;

import com.typesafe.config.Config;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Bounds of the indexes that a machine keeps; the keys are explained in {@code reference.conf}.
 *
 * @param maxBytes of all indexes together, at least 0; those that are being read may exceed it
 */
public record IndexCacheSettings(long maxBytes) {
  public IndexCacheSettings {
    if (maxBytes < 0) {
      throw new IllegalArgumentException(
          "swarm.full-text-cache.max-size: %d (expected: >= 0)".formatted(maxBytes));
    }
  }

  public static IndexCacheSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.full-text-cache"));
  }

  public static IndexCacheSettings from(Config config) {
    return new IndexCacheSettings(config.getBytes("max-size"));
  }
}
