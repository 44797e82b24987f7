package io.nanoswarm.entity;

import java.time.Duration;
import org.apache.pekko.actor.typed.BackoffSupervisorStrategy;
import org.apache.pekko.actor.typed.SupervisorStrategy;

/** What an entity does when the journal could not store an event. */
public final class FailedWrite {
  private FailedWrite() {}

  /**
   * It is read from the journal again after 0.2 to 10 s, as often as it takes: whether the event
   * was stored is known just there.
   */
  public static final BackoffSupervisorStrategy RESTART =
      SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2);
}
