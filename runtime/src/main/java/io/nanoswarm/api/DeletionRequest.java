package io.nanoswarm.api;

import java.util.List;

/**
 * Asks the node to delete all that is kept of sessions that are over.
 *
 * @param sessions their ids
 */
public record DeletionRequest(List<String> sessions) {
  public DeletionRequest {
    sessions = sessions == null ? List.of() : List.copyOf(sessions);
  }
}
