package io.nanoswarm.launch;

import com.typesafe.config.Config;

/**
 * What the artifacts in a data folder are, from {@code swarm.artifacts}.
 *
 * @param copies whether they are copies of what the control nodes share, rather than the swarm's
 *     own
 * @param maxCopies bytes that copies may take, all together
 */
public record ArtifactSettings(boolean copies, long maxCopies) {
  /** Set by the node, not by people. */
  public static final String COPIES = "swarm.artifacts.are-copies";

  /** As {@link #maxCopies}; workers are told it by their node. */
  static final String MAX_COPIES = "swarm.artifacts.max-copies";

  public ArtifactSettings {
    if (maxCopies < 0) {
      throw new IllegalArgumentException(
          "%s: %d (expected: >= 0)".formatted(MAX_COPIES, maxCopies));
    }
  }

  public static ArtifactSettings of(Config config) {
    return new ArtifactSettings(config.getBoolean(COPIES), config.getBytes(MAX_COPIES));
  }
}
