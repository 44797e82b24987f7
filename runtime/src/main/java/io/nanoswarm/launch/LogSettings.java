package io.nanoswarm.launch;

import com.typesafe.config.Config;

/** How a node and its workers log: {@code swarm.log}. */
public record LogSettings(LogFormat format) {
  private static final String FORMAT = "swarm.log.format";

  /**
   * @throws IllegalArgumentException if there is no such format
   */
  public static LogSettings of(Config config) {
    String name = config.getString(FORMAT);
    for (LogFormat each : LogFormat.values()) {
      if (each.word().equals(name)) {
        return new LogSettings(each);
      }
    }
    throw new IllegalArgumentException(
        "%s (%s): '%s' (expected: text or json)".formatted(FORMAT, LogFormat.VARIABLE, name));
  }
}
