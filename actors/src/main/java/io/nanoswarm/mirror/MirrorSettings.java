package io.nanoswarm.mirror;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Times of a mirror; the keys are explained in {@code reference.conf}.
 *
 * @param renewEvery between two renewals of its subscription
 * @param minBackoff from a failed write to the first retry
 * @param maxBackoff the longest wait before a retry
 */
public record MirrorSettings(Duration renewEvery, Duration minBackoff, Duration maxBackoff) {
  public MirrorSettings {
    if (!renewEvery.isPositive()
        || !minBackoff.isPositive()
        || maxBackoff.compareTo(minBackoff) < 0) {
      throw new IllegalArgumentException(
          "swarm.mirror: renew-every %s, retry %s to %s (expected: > 0, min <= max)"
              .formatted(renewEvery, minBackoff, maxBackoff));
    }
  }

  public static MirrorSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.mirror"));
  }

  public static MirrorSettings from(Config config) {
    return new MirrorSettings(
        config.getDuration("renew-every"),
        config.getDuration("retry.min-backoff"),
        config.getDuration("retry.max-backoff"));
  }

  /**
   * @param failures in a row, from 1
   */
  Duration backoff(int failures) {
    var doubled = minBackoff.multipliedBy(1L << Math.min(failures - 1, 20));
    return doubled.compareTo(maxBackoff) < 0 ? doubled : maxBackoff;
  }
}
