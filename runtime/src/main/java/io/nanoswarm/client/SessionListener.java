package io.nanoswarm.client;

import io.nanoswarm.api.Progress;
import java.time.Duration;

/** Hears what happens in a session, and whether its node lives. */
@FunctionalInterface
public interface SessionListener {

  void hear(Progress event);

  /**
   * The node has given no sign of life for so long, and goes on being waited for. Told once until
   * it answers again.
   */
  default void silent(Duration since) {}

  /** After {@link #silent}: the node goes on where it was. */
  default void answersAgain() {}
}
