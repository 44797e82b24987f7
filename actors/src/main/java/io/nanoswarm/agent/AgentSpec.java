package io.nanoswarm.agent;

import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentRole;
import java.time.Duration;

/**
 * What an agent is, as data.
 *
 * @param role the queue it claims from
 * @param implementation the agent's class, which implements {@link Agent} and has a public
 *     constructor without parameters
 * @param description one line for people
 * @param heapMegabytes the most heap its JVM may take, 32 to 65536
 * @param restarts what happens when its JVM ends unasked
 */
public record AgentSpec(
    AgentRole role, String implementation, String description, int heapMegabytes, Restarts restarts)
    implements CborSerializable {

  /**
   * @param limit deaths within the window after which the slot gives up, 1 to 1000
   * @param within the window
   * @param minBackoff before the first restart; doubles with every further death within the window,
   *     with jitter
   * @param maxBackoff the longest wait before a restart
   */
  public record Restarts(int limit, Duration within, Duration minBackoff, Duration maxBackoff) {
    public static final Restarts DEFAULT =
        new Restarts(8, Duration.ofMinutes(2), Duration.ofMillis(100), Duration.ofSeconds(10));

    public Restarts {
      if (limit < 1 || limit > 1000) {
        throw new IllegalArgumentException(
            "restarts.limit: %d (expected: 1 to 1000)".formatted(limit));
      }
      if (!within.isPositive()
          || !minBackoff.isPositive()
          || maxBackoff.compareTo(minBackoff) < 0) {
        throw new IllegalArgumentException(
            "restarts: within %s, backoff %s to %s (expected: > 0, min <= max)"
                .formatted(within, minBackoff, maxBackoff));
      }
    }
  }

  public AgentSpec {
    if (heapMegabytes < 32 || heapMegabytes > 65_536) {
      throw new IllegalArgumentException(
          "heapMegabytes: %d (expected: 32 to 65536)".formatted(heapMegabytes));
    }
  }
}
