package io.nanoswarm.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of sessions.
 *
 * @param goal its first question
 * @param status as in {@link SessionView}; {@code paused}, {@code running} and {@code asking} tell
 *     an unfinished one apart
 * @param questions how many it was asked
 * @param latest the last of them
 */
public record SessionSummary(
    String id,
    String goal,
    String workspace,
    String status,
    Instant openedAt,
    @Nullable Instant endedAt,
    int questions,
    String latest) {

  /** Of a session that was asked one question. */
  public static SessionSummary of(
      String id,
      String goal,
      String workspace,
      String status,
      Instant openedAt,
      @Nullable Instant endedAt) {
    return new SessionSummary(id, goal, workspace, status, openedAt, endedAt, 1, goal);
  }

  /** The same session, in another state. */
  public SessionSummary in(String status) {
    return new SessionSummary(id, goal, workspace, status, openedAt, endedAt, questions, latest);
  }
}
