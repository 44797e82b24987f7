package io.nanoswarm.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of sessions.
 *
 * @param status as in {@link SessionView}; {@code paused}, {@code running} and {@code asking} tell
 *     an unfinished one apart
 */
public record SessionSummary(
    String id,
    String goal,
    String workspace,
    String status,
    Instant openedAt,
    @Nullable Instant endedAt) {

  /** The same session, which asks a person. */
  public SessionSummary asking() {
    return new SessionSummary(id, goal, workspace, "asking", openedAt, endedAt);
  }
}
