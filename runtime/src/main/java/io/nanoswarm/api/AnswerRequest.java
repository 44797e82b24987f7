package io.nanoswarm.api;

import org.jspecify.annotations.Nullable;

/**
 * Answers what a task asks a person.
 *
 * @param task its name within its session; null for the only one that asks
 * @param asked as in {@link SessionView.QuestionView}, so that the answer is to this question and
 *     to no later one; null for whatever the task asks now
 */
public record AnswerRequest(@Nullable String task, @Nullable String asked, String text) {
  @SuppressWarnings("NullAway") // JSON may leave it out
  public AnswerRequest {
    text = text == null ? "" : text;
  }
}
