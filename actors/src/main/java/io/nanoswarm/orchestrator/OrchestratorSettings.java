package io.nanoswarm.orchestrator;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Settings of every orchestrator, from {@code swarm.orchestrator}; each key is explained in {@code
 * reference.conf}.
 *
 * @param offerAgainEvery between two offers of everything that is ready and does not run
 * @param mirrorGrace from the end of the last task to the moment the session concludes though its
 *     mirror has not caught up
 */
public record OrchestratorSettings(Duration offerAgainEvery, Duration mirrorGrace) {
  public OrchestratorSettings {
    if (!offerAgainEvery.isPositive() || !mirrorGrace.isPositive()) {
      throw new IllegalArgumentException(
          "swarm.orchestrator: offer-again-every %s, mirror-grace %s (expected: both > 0)"
              .formatted(offerAgainEvery, mirrorGrace));
    }
  }

  public static OrchestratorSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.orchestrator"));
  }

  public static OrchestratorSettings from(Config config) {
    return new OrchestratorSettings(
        config.getDuration("offer-again-every"), config.getDuration("mirror-grace"));
  }
}
