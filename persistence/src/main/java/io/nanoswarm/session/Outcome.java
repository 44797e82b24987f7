package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How an attempt ended, as its agent reports it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Completed.class, name = "completed"),
  @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Outcome.Cancelled.class, name = "cancelled")
})
public sealed interface Outcome {

  /**
   * @param summary what was achieved, one or two sentences; the work itself stands on the
   *     blackboard
   */
  record Completed(String summary) implements Outcome {}

  /**
   * @param reason what went wrong, for people
   * @param retryable whether another attempt may fare better
   */
  record Failed(String reason, boolean retryable) implements Outcome {}

  record Cancelled(String reason) implements Outcome {}
}
