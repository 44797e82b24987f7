package io.nanoswarm.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session as people see it, with the question that it works on, or that was its last.
 *
 * @param goal that question
 * @param openedAt when that was asked
 * @param tasks those of that question
 * @param status {@code planning}, {@code running}, {@code asking} (a person, and nothing else can
 *     go on), {@code paused} (by a person, or since nobody drives it), or how it ended: {@code
 *     completed}, {@code partial}, {@code failed}, {@code cancelled}, {@code timed-out}
 * @param reason why it failed or was cancelled
 * @param missing what is left out of a partial answer, one line each
 * @param questions what it asks a person now
 * @param folder where its blackboard is mirrored
 * @param earlier the questions it was asked before, oldest first
 * @param pausedAt since when a person has it paused, null if none has
 * @param priority as {@link SessionPriority#word}
 */
public record SessionView(
    String id,
    String goal,
    String workspace,
    int files,
    String status,
    Instant openedAt,
    @Nullable Instant endedAt,
    @Nullable String reason,
    List<String> missing,
    List<TaskView> tasks,
    List<QuestionView> questions,
    String folder,
    List<EarlierView> earlier,
    @Nullable Instant pausedAt,
    String priority) {
  /** What JSON leaves out is empty, or as it usually is. */
  public SessionView {
    priority = priority == null ? SessionPriority.NORMAL.word() : priority;
    earlier = earlier == null ? List.of() : List.copyOf(earlier);
  }

  /**
   * A question that the session was asked before.
   *
   * @param number from 1
   * @param status how it ended
   */
  public record EarlierView(
      int number,
      String goal,
      String status,
      Instant askedAt,
      Instant endedAt,
      List<TaskView> tasks) {}

  /**
   * What a task asks a person.
   *
   * @param asked tells this question from later ones of the same task
   */
  public record QuestionView(String task, String role, String question, String asked) {}

  /**
   * @param id the task's name within its session
   * @param state {@code waiting} (for others), {@code ready}, {@code running}, {@code suspended},
   *     {@code completed}, {@code failed}, {@code cancelled}, {@code dead} (all attempts used up)
   * @param agent who works on it, or did last
   * @param attempts begun so far, as far as they count
   * @param note how it ended, or why its last attempt did, or what it waits for
   */
  public record TaskView(
      String id,
      String role,
      String title,
      String state,
      @Nullable String agent,
      int attempts,
      @Nullable String note,
      @Nullable Instant beganAt,
      @Nullable Instant endedAt,
      List<String> after) {}

  /** The number of the question that it works on, or that was its last, from 1. */
  public int question() {
    return earlier.size() + 1;
  }

  /** Whether the session is over. */
  public boolean ended() {
    return endedAt != null;
  }
}
