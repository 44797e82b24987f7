package io.nanoswarm.directory;

import io.nanoswarm.session.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the directory knows of a session.
 *
 * @param goal its first 200 characters
 * @param ending how it ended, as {@code completed}; null while it has not, as far as the directory
 *     was told
 */
public record SessionLine(
    SessionId session,
    String goal,
    String workspace,
    Instant openedAt,
    @Nullable String ending,
    @Nullable Instant endedAt) {

  SessionLine ended(String how, Instant at) {
    return new SessionLine(session, goal, workspace, openedAt, how, at);
  }

  SessionLine reopened() {
    return new SessionLine(session, goal, workspace, openedAt, null, null);
  }
}
