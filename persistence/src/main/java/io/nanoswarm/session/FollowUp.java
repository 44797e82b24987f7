package io.nanoswarm.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A further question to a session that had ended.
 *
 * @param number of the question, from 2: the session was opened with the first
 * @param asked the question
 * @param before how the question before it ended
 */
public record FollowUp(int number, Asked asked, Before before) {
  /** How many questions a session may be asked, its first among them. */
  public static final int MOST_QUESTIONS = 100;

  /**
   * @param answer the task that was to answer it, null if it was never planned
   */
  public record Before(Ending ending, Instant at, @Nullable TaskId answer) {}
}
