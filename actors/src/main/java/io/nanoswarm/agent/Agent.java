package io.nanoswarm.agent;

import io.nanoswarm.agent.internal.BlockingAgent;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskId;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What a developer writes: a typed behavior over {@link Message}, or a short form of it.
 *
 * <p>Guarantees: an agent is given one task at a time; a {@link Perform} comes only after the
 * attempt before it has ended. Every attempt ends, by {@link SwarmContext#settle} or one of its
 * siblings, or by its time limit. An agent that throws or stops ends its attempt as failed and is
 * started anew; what it kept in fields is gone then, what it kept in {@link SwarmContext#memory()}
 * is not.
 *
 * <p>Not promised: that a task is performed only once. It is settled once; an attempt that was cut
 * off is followed by another, by this agent or one of the same role.
 */
@FunctionalInterface
public interface Agent {

  /** The behavior; called at every start and restart, on the worker that hosts the agent. */
  Behavior<Message> create();

  /** What an agent hears. */
  sealed interface Message {}

  /**
   * Work on this task.
   *
   * @param swarm valid for this attempt only
   */
  record Perform(Task task, SwarmContext swarm) implements Message {}

  /** Stop working on this task: what it would still settle or post is refused. */
  record Cancel(TaskId task, String reason) implements Message {}

  /** A task done by a computation that blocks or takes long. */
  @FunctionalInterface
  interface Work {
    /**
     * Runs on a virtual thread of its own, which is interrupted when the attempt is cancelled.
     *
     * @throws Exception to fail the attempt as retryable, with the exception's message as reason
     */
    Outcome perform(Task task, SwarmContext swarm) throws Exception;
  }

  /** An agent whose work blocks, off the dispatcher. */
  static Agent blocking(Work work) {
    return () -> BlockingAgent.create(work);
  }
}
