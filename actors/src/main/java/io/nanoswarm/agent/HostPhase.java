package io.nanoswarm.agent;

import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.util.concurrent.CompletableFuture;

/** Where an {@link AgentHost} stands with its one attempt. */
sealed interface HostPhase {

  /** What is known of an attempt from its beginning. */
  record Attempt(TaskId task, Assignment assignment, AttemptContext swarm) {
    Fence fence() {
      return assignment.fence();
    }
  }

  /** Waits for a match with its claim. */
  record Idle(long claimId) implements HostPhase {}

  /** Waits for the session to grant an attempt. */
  record Beginning(TaskId task) implements HostPhase {}

  /**
   * The attempt is granted; waits for results that did not fit into the grant.
   *
   * @param sofar the assignment with what has come
   * @param next where the results go on
   */
  record Gathering(TaskId task, Assignment sofar, int next) implements HostPhase {}

  /** The agent works. */
  record Working(Attempt attempt) implements HostPhase {}

  /** Waits for the session to store how the attempt ends. */
  record Ending(Attempt attempt, AttemptRequest request, CompletableFuture<Void> stored)
      implements HostPhase {}

  /** The attempt is over, and the agent was told; waits until it puts its work down. */
  record Cancelling(Attempt attempt, String reason) implements HostPhase {}
}
