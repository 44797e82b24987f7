package io.nanoswarm.agent;

import io.nanoswarm.agent.internal.BlockingAgent;
import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.session.TaskId;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What a developer writes: a typed behavior over {@link Message}, or a short form of it: {@link
 * Answering}, a function from task to text, or {@link Blocking}, work that may block.
 *
 * <p>Guarantees: an agent is given one task at a time; a {@link Perform} or {@link Wake} comes only
 * after the attempt before it has ended. Every attempt ends, by {@link SwarmContext#end}, or by its
 * time limit. An agent that throws or stops ends its attempt as failed and is started anew; what it
 * kept in fields is gone then, what it kept in {@link SwarmContext#memory()} is not.
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
   * Work on this task, which is new to its role: nobody of it has suspended it. If it was handed
   * off, {@link Task#checkpoint()} is the context that came with it.
   *
   * @param swarm valid for this attempt only
   */
  record Perform(Task task, SwarmContext swarm) implements Message {}

  /**
   * Go on with this task, which was suspended: what it waited for has come. {@link
   * Task#checkpoint()} is what the attempt left that suspended it, maybe one of another agent of
   * the role.
   *
   * @param swarm valid for this attempt only
   */
  record Wake(Task task, SwarmContext swarm) implements Message {}

  /** Stop working on this task: what it would still settle or post is refused. */
  record Cancel(TaskId task, String reason) implements Message {}

  /** A message of a channel that this attempt listens to: see {@link SwarmContext#hear}. */
  record Heard(BusMessage message) implements Message {}

  /** A task done by a computation that blocks or takes long. */
  @FunctionalInterface
  interface Work {
    /**
     * Runs on a virtual thread of its own, which is interrupted when the attempt is cancelled; for
     * tasks that wake as for new ones.
     *
     * @throws Exception to fail the attempt as retryable, with the exception's message as reason
     */
    AttemptEnd perform(Task task, BlockingSwarm swarm) throws Exception;
  }

  /** An agent whose work blocks, off the dispatcher. */
  static Blocking blocking(Work work) {
    return new Blocking() {
      @Override
      public AttemptEnd perform(Task task, BlockingSwarm swarm) throws Exception {
        return work.perform(task, swarm);
      }

      @Override
      public Behavior<Message> create(ThreadFactory threads) {
        return BlockingAgent.create(work, threads);
      }
    };
  }

  /** An agent whose work blocks, as a class to implement. */
  interface Blocking extends Agent, Work {
    @Override
    default Behavior<Message> create() {
      return create(Thread.ofVirtual().factory());
    }

    /**
     * The same on threads of the caller's choice.
     *
     * @param threads makes one for every attempt
     */
    default Behavior<Message> create(ThreadFactory threads) {
      return BlockingAgent.create(this, threads);
    }
  }

  /**
   * An agent that is a function from task to text. The text is posted where the task's result
   * belongs, at {@link Task#resultPath()}; its first line is the task's summary.
   */
  @FunctionalInterface
  interface Answering extends Blocking {
    /**
     * Runs as {@link Work} does.
     *
     * @throws Exception to fail the attempt as retryable, with the exception's message as reason
     */
    String answer(Task task) throws Exception;

    @Override
    default AttemptEnd perform(Task task, BlockingSwarm swarm) throws Exception {
      String text = answer(task);
      var _ = swarm.post(task.resultPath(), text);
      return AttemptEnd.completed(text.lines().findFirst().orElse(""));
    }
  }
}
