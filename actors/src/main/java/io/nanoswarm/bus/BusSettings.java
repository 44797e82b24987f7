package io.nanoswarm.bus;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Times of the message bus; the keys are explained in {@code reference.conf}.
 *
 * @param publishTimeout from publishing on a durable channel until it must be confirmed
 * @param renewEvery between two renewals of a subscription
 * @param hubIdleTimeout from the last message until a hub without subscribers stops
 */
public record BusSettings(Duration publishTimeout, Duration renewEvery, Duration hubIdleTimeout) {
  public BusSettings {
    if (!publishTimeout.isPositive()
        || !renewEvery.isPositive()
        || hubIdleTimeout.compareTo(renewEvery) <= 0) {
      throw new IllegalArgumentException(
          "swarm.bus: publish-timeout %s, renew-every %s, hub-idle-timeout %s (expected: > 0, > 0, > renew-every)"
              .formatted(publishTimeout, renewEvery, hubIdleTimeout));
    }
  }

  public static BusSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.bus"));
  }

  public static BusSettings from(Config config) {
    return new BusSettings(
        config.getDuration("publish-timeout"),
        config.getDuration("renew-every"),
        config.getDuration("hub-idle-timeout"));
  }
}
