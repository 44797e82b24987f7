package io.nanoswarm.placement;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Settings of probes, from {@code swarm.placement}; each key is explained in {@code
 * reference.conf}.
 *
 * @param labels that this machine offers
 * @param versionWithin from asking a program for its version to the moment it has none
 */
public record PlacementSettings(Set<String> labels, Duration versionWithin) {
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public PlacementSettings {
    labels = Set.copyOf(labels);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        throw new IllegalArgumentException(
            "swarm.placement.labels: '%s' (expected: words of %s, with commas between them)"
                .formatted(label, LABEL.pattern()));
      }
    }
    if (!versionWithin.isPositive()) {
      throw new IllegalArgumentException(
          "swarm.placement.version-within: %s (expected: > 0)".formatted(versionWithin));
    }
  }

  /** From the whole configuration of a node. */
  public static PlacementSettings of(Config whole) {
    return from(whole.getConfig("swarm.placement"));
  }

  /** Reads the sub-tree {@code swarm.placement}. */
  public static PlacementSettings from(Config config) {
    return new PlacementSettings(
        Arrays.stream(config.getString("labels").split(",", -1))
            .map(String::strip)
            .filter(label -> !label.isEmpty())
            .collect(Collectors.toUnmodifiableSet()),
        config.getDuration("version-within"));
  }
}
