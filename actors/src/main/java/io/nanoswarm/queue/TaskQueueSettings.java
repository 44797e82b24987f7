package io.nanoswarm.queue;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Settings of every task queue, from {@code swarm.task-queue}; each key is explained in {@code
 * reference.conf}.
 *
 * @param claimExpiry from the arrival of a claim to the moment it is void
 * @param matchExpiry from a match to the moment the same task may be offered anew, if nobody began
 *     it
 * @param maxOffers tasks waiting at most
 */
public record TaskQueueSettings(Duration claimExpiry, Duration matchExpiry, int maxOffers) {
  public TaskQueueSettings {
    if (!claimExpiry.isPositive() || !matchExpiry.isPositive() || maxOffers < 1) {
      throw new IllegalArgumentException(
          "swarm.task-queue: claim-expiry %s, match-expiry %s, max-offers %d (expected: all > 0)"
              .formatted(claimExpiry, matchExpiry, maxOffers));
    }
  }

  public static TaskQueueSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.task-queue"));
  }

  public static TaskQueueSettings from(Config config) {
    return new TaskQueueSettings(
        config.getDuration("claim-expiry"),
        config.getDuration("match-expiry"),
        config.getInt("max-offers"));
  }
}
