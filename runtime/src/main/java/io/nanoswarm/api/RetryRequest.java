package io.nanoswarm.api;

import java.util.List;

/**
 * Asks the node to have tasks of a session done anew, and what came after them.
 *
 * @param tasks their names; empty for all that have ended badly and were not discarded
 */
public record RetryRequest(List<String> tasks) {
  public RetryRequest {
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
  }
}
