package io.nanoswarm.artifact;

import java.io.IOException;

/** The place of artifacts cannot be reached: nothing is known of what was asked for. */
public final class ArtifactsAway extends IOException {

  public ArtifactsAway(String message, Throwable cause) {
    super(message, cause);
  }
}
