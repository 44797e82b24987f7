package io.nanoswarm.api;

/**
 * Asks the node to make a session more or less urgent than others.
 *
 * @param priority as {@link SessionPriority#word}
 */
public record PriorityRequest(String priority) {
  public PriorityRequest {
    priority = priority == null ? "" : priority;
  }
}
