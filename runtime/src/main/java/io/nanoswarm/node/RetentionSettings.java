package io.nanoswarm.node;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How long what is over is kept, from {@code swarm.retention}; each key is explained in {@code
 * reference.conf}.
 *
 * @param endedSessions from a session's end to the moment at which it is deleted; zero for never
 * @param maxEnded sessions that are over and kept at most, the latest; zero for all
 * @param every from one look to the next
 */
record RetentionSettings(Duration endedSessions, int maxEnded, Duration every) {
  RetentionSettings {
    if (endedSessions.isNegative() || maxEnded < 0 || !every.isPositive()) {
      throw new IllegalArgumentException(
          "swarm.retention: ended-sessions %s, max-ended %d, every %s (expected: >= 0, >= 0, > 0)"
              .formatted(endedSessions, maxEnded, every));
    }
  }

  static RetentionSettings of(Config config) {
    Config retention = config.getConfig("swarm.retention");
    return new RetentionSettings(
        retention.getString("ended-sessions").equals("off")
            ? Duration.ZERO
            : retention.getDuration("ended-sessions"),
        retention.getInt("max-ended"),
        retention.getDuration("every"));
  }
}
