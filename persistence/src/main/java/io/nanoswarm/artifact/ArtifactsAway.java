package io.nanoswarm.artifact;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The place of artifacts cannot be reached: nothing is known of what was asked for. */
public final class ArtifactsAway extends IOException {

  public ArtifactsAway(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
