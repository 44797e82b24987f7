package io.nanoswarm.api;

/**
 * Asks the node to give a task up, or to list it no more if it has ended badly.
 *
 * @param task its name within the session
 * @param reason for people
 */
public record DiscardRequest(String task, String reason) {
  public DiscardRequest {
    task = task == null ? "" : task;
    reason = reason == null ? "" : reason;
  }
}
