package io.nanoswarm.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question as a session was asked it.
 *
 * @param workspace the folder as it was then
 * @param timeLimit from {@code at} to the session's end, null for none; longer once tasks were
 *     tried again, and by the time for which the session was paused
 */
public record Asked(Goal goal, Workspace workspace, Instant at, @Nullable Duration timeLimit) {

  /** A time limit that has passed begins anew. */
  Asked from(Instant now) {
    if (timeLimit == null || now.isBefore(at.plus(timeLimit))) {
      return this;
    }
    return new Asked(goal, workspace, at, Duration.between(at, now).plus(timeLimit));
  }

  /** As if the time from one moment to another had not passed. */
  Asked without(Instant from, Instant to) {
    return timeLimit == null || !to.isAfter(from)
        ? this
        : new Asked(goal, workspace, at, timeLimit.plus(Duration.between(from, to)));
  }
}
