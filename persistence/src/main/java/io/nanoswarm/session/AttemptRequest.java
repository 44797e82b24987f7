package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What the host of a running attempt asks of the session. All but {@link Renew} end the attempt.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AttemptRequest.Renew.class, name = "renew"),
  @JsonSubTypes.Type(value = AttemptRequest.Settle.class, name = "settle"),
  @JsonSubTypes.Type(value = AttemptRequest.Suspend.class, name = "suspend"),
  @JsonSubTypes.Type(value = AttemptRequest.HandOff.class, name = "hand-off"),
  @JsonSubTypes.Type(value = AttemptRequest.Release.class, name = "release")
})
public sealed interface AttemptRequest {

  /** Extends the lease. */
  record Renew() implements AttemptRequest {}

  /**
   * Ends the attempt with an outcome. A retryable failure is followed by another attempt while the
   * task has any left; every other outcome settles the task.
   */
  record Settle(Outcome outcome) implements AttemptRequest {}

  /**
   * Ends the attempt until something has come, uncounted.
   *
   * @param children tasks to create, with ids made by {@link TaskId#child}; they are what {@link
   *     Wait.ForChildren} names
   */
  record Suspend(String checkpoint, Wait waitFor, List<TaskSpec> children)
      implements AttemptRequest {
    public Suspend {
      children = List.copyOf(children);
    }
  }

  /**
   * Ends the attempt, uncounted; the same task is offered to another role, with the context as
   * checkpoint.
   */
  record HandOff(AgentRole to, String context) implements AttemptRequest {}

  /** Gives the task back unharmed, uncounted. */
  record Release(String reason) implements AttemptRequest {}
}
