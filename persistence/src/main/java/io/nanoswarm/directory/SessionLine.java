package io.nanoswarm.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nanoswarm.session.SessionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the directory knows of a session.
 *
 * @param goal its first 200 characters
 * @param latest its latest question if that is not its first; JSON leaves it out then
 * @param ending how it ended, as {@code completed}; null while it has not, as far as the directory
 *     was told
 */
public record SessionLine(
    SessionId session,
    String goal,
    String workspace,
    Instant openedAt,
    @Nullable String ending,
    @Nullable Instant endedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Latest latest) {

  /**
   * A question that was asked after the first.
   *
   * @param number from 2
   * @param goal its first 200 characters
   */
  public record Latest(int number, String goal) {}

  SessionLine ended(String how, Instant at) {
    return new SessionLine(session, goal, workspace, openedAt, how, at, latest);
  }

  SessionLine reopened() {
    return new SessionLine(session, goal, workspace, openedAt, null, null, latest);
  }

  SessionLine asked(Latest question) {
    return new SessionLine(session, goal, workspace, openedAt, ending, endedAt, question);
  }
}
