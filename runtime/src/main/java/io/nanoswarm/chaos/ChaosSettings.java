package io.nanoswarm.chaos;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.api.SettingView;
import io.nanoswarm.api.SettingsView;
import java.time.Duration;

/**
 * What of the configuration decides about faults. Nodes are started with the same system properties
 * and environment as this process, and so with the same configuration.
 *
 * @param lease of attempts; what is paused for longer has lost them
 */
public record ChaosSettings(Duration lease) {
  private static final String LEASE = "swarm.session.lease";

  /**
   * @param inForce of nodes that this process starts
   */
  public static ChaosSettings of(SettingsView inForce) {
    String told =
        inForce.settings().stream()
            .filter(setting -> setting.key().equals(LEASE))
            .map(SettingView::value)
            .findFirst()
            .orElseThrow();
    return new ChaosSettings(ConfigFactory.parseString(LEASE + "=" + told).getDuration(LEASE));
  }
}
