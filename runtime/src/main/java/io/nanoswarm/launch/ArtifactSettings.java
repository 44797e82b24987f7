package io.nanoswarm.launch;

import com.typesafe.config.Config;

/**
 * What the artifacts in a data folder are, from {@code swarm.artifacts}.
 *
 * @param copies whether they are copies of what the control nodes share, rather than the swarm's
 *     own
 */
public record ArtifactSettings(boolean copies) {
  /** Set by the node, not by people. */
  public static final String COPIES = "swarm.artifacts.are-copies";

  public static ArtifactSettings of(Config config) {
    return new ArtifactSettings(config.getBoolean(COPIES));
  }
}
