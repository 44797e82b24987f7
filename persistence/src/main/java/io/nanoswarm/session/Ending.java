package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** How a session ended. Never {@link Completed} if something was left out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ending")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Ending.Completed.class, name = "completed"),
  @JsonSubTypes.Type(value = Ending.Partial.class, name = "partial"),
  @JsonSubTypes.Type(value = Ending.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Ending.Cancelled.class, name = "cancelled"),
  @JsonSubTypes.Type(value = Ending.TimedOut.class, name = "timed-out")
})
public sealed interface Ending {

  /** Every task was completed and the answer stands in {@code final/}. */
  record Completed() implements Ending {}

  /** The answer stands in {@code final/}, but something is missing from it, one line each. */
  record Partial(List<String> missing) implements Ending {
    public Partial {
      missing = List.copyOf(missing);
    }
  }

  /** There is no answer. */
  record Failed(String reason) implements Ending {}

  /** Somebody stopped it. */
  record Cancelled(String reason) implements Ending {}

  /** The session's own time limit passed before there was an answer. */
  record TimedOut() implements Ending {}

  /**
   * What people call it: {@code completed}, {@code partial}, {@code failed}, {@code cancelled} or
   * {@code timed-out}.
   */
  default String word() {
    return switch (this) {
      case Completed _ -> "completed";
      case Partial _ -> "partial";
      case Failed _ -> "failed";
      case Cancelled _ -> "cancelled";
      case TimedOut _ -> "timed-out";
    };
  }
}
