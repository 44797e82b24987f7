package io.nanoswarm.agent;

import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where an {@link AgentHost} stands with its one attempt. */
sealed interface HostPhase {

  /** The attempt that the agent has been given and that is not over. */
  default @Nullable Attempt attempt() {
    return switch (this) {
      case Working(var attempt) -> attempt;
      case Ending(var attempt, _, _) -> attempt;
      case Cancelling _, Idle _, Beginning _, Gathering _ -> null;
    };
  }

  /** Whether an attempt at the task is waited for, to be given to the agent at once. */
  default boolean awaits(TaskId task, long claim) {
    return switch (this) {
      case Idle(var claimId) -> claimId == claim && claim != 0;
      case Beginning(var begins) -> begins.equals(task);
      case Gathering _, Working _, Ending _, Cancelling _ -> false;
    };
  }

  /** Whether the attempt is known: the same grant may come twice. */
  default boolean has(AttemptId id) {
    Attempt current = attempt();
    if (current != null && current.id().equals(id)) {
      return true;
    }
    return switch (this) {
      case Gathering gathering -> gathering.id().equals(id);
      case Working _, Ending _, Idle _, Beginning _, Cancelling _ -> false;
    };
  }

  /** What is known of an attempt from its beginning. */
  record Attempt(TaskId task, Assignment assignment, AttemptContext swarm) {
    Fence fence() {
      return assignment.fence();
    }

    AttemptId id() {
      return new AttemptId(task, assignment.fence());
    }
  }

  /**
   * Waits for what meets its claim.
   *
   * @param claimId 0 if it claims nothing
   */
  record Idle(long claimId) implements HostPhase {}

  /** Waits for the session to grant an attempt. */
  record Beginning(TaskId task) implements HostPhase {}

  /**
   * The attempt is granted; waits for results that did not fit into the grant.
   *
   * @param sofar the assignment with what has come
   * @param next where the results go on
   */
  record Gathering(TaskId task, Assignment sofar, int next) implements HostPhase {
    AttemptId id() {
      return new AttemptId(task, sofar.fence());
    }
  }

  /** The agent works. */
  record Working(Attempt attempt) implements HostPhase {}

  /**
   * Waits for the session to store how the attempt ends; {@link ClaimAhead} is what comes after.
   */
  record Ending(Attempt attempt, AttemptRequest request, CompletableFuture<Void> stored)
      implements HostPhase {}

  /** The attempt is over, and the agent was told; waits until it puts its work down. */
  record Cancelling(Attempt attempt, String reason) implements HostPhase {}
}
