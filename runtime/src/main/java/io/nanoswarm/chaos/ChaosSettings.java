package io.nanoswarm.chaos;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.session.SessionSettings;
import java.time.Duration;

/**
 * What of the configuration decides about faults. Nodes are started with the same system properties
 * as this process, and so with the same configuration.
 *
 * @param lease of attempts; what is paused for longer has lost them
 */
public record ChaosSettings(Duration lease) {
  public static ChaosSettings ofThisJvm() {
    return from(ConfigFactory.load());
  }

  static ChaosSettings from(Config config) {
    return new ChaosSettings(SessionSettings.from(config.getConfig("swarm.session")).lease());
  }
}
