package io.nanoswarm.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session as people see it.
 *
 * @param status {@code planning}, {@code running}, {@code asking} (a person, and nothing else can
 *     go on), {@code paused} (nobody drives it), or how it ended: {@code completed}, {@code
 *     partial}, {@code failed}, {@code cancelled}, {@code timed-out}
 * @param reason why it failed or was cancelled
 * @param missing what is left out of a partial answer, one line each
 * @param questions what it asks a person now
 * @param folder where its blackboard is mirrored
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
    String folder) {

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

  /** Whether the session is over. */
  public boolean ended() {
    return endedAt != null;
  }
}
