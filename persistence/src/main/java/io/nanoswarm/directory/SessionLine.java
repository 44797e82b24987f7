package io.nanoswarm.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nanoswarm.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the directory knows of a session.
 *
 * @param goal its first 200 characters
 * @param latest its latest question if that is not its first; JSON leaves it out then
 * @param ending how it ended, as {@code completed}; null while it has not, as far as the directory
 *     was told
 * @param reopenedAt when it, or somebody for it, last took a place after it had ended; null if
 *     nobody has; JSON leaves it out then
 */
public record SessionLine(
    SessionId session,
    String goal,
    String workspace,
    Instant openedAt,
    @Nullable String ending,
    @Nullable Instant endedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Latest latest,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant reopenedAt) {

  /**
   * For so long, from {@link #takenAt()}, it may be that a node is about to open it, or to have it
   * go on: no node takes longer for that.
   */
  public static final Duration OPENED_WITHIN = Duration.ofMinutes(2);

  /**
   * A question that was asked after the first.
   *
   * @param number from 2
   * @param goal its first 200 characters
   */
  public record Latest(int number, String goal) {}

  /** When it took the place among those that are not over which it has, or had. */
  public Instant takenAt() {
    return reopenedAt == null ? openedAt : reopenedAt;
  }

  /**
   * Whether an ending is one of before it took its place, and somebody may be about to have it go
   * on. The ending of one that was opened, and never again, is not; of another it is told by the
   * moment, which may be of another node's clock.
   *
   * @param end when it ended; {@link Instant#EPOCH} if it was never opened
   */
  public boolean isBeingTaken(Instant end, Instant now) {
    boolean before = reopenedAt == null ? end.equals(Instant.EPOCH) : !end.isAfter(reopenedAt);
    return before && isTakenJustNow(now);
  }

  /**
   * Whether somebody may still be about to go on with it; so no clock that was wrong decides for
   * long.
   */
  public boolean isTakenJustNow(Instant now) {
    return Duration.between(takenAt(), now).abs().compareTo(OPENED_WITHIN) < 0;
  }

  SessionLine ended(String how, Instant at) {
    return new SessionLine(session, goal, workspace, openedAt, how, at, latest, reopenedAt);
  }

  SessionLine reopened(Instant at) {
    return new SessionLine(session, goal, workspace, openedAt, null, null, latest, at);
  }

  SessionLine asked(Latest question) {
    return new SessionLine(
        session, goal, workspace, openedAt, ending, endedAt, question, reopenedAt);
  }
}
