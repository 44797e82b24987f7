package io.nanoswarm.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks a session that is over a further question.
 *
 * @param goal the user's words
 * @param timeoutSeconds from now to the session's end, null for none
 */
public record AskRequest(String goal, @Nullable Long timeoutSeconds) {
  /** What JSON leaves out is empty, and refused by the node with a reason. */
  public AskRequest {
    goal = Objects.requireNonNullElse(goal, "");
  }
}
