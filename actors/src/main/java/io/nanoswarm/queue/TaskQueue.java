package io.nanoswarm.queue;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.TaskId;
import org.apache.pekko.actor.typed.ActorRef;

/** Matches the offered tasks of one role with claims of agent hosts. */
public final class TaskQueue {
  private TaskQueue() {}

  /** What the queue is told. */
  public sealed interface Command extends CborSerializable {}

  /**
   * Offers a task that is ready to be tried. Offering it again is harmless: a task that waits here
   * or was just matched is not added twice.
   *
   * @param offerer hears of a match, and of the loss of the host it was matched with
   */
  public record Offer(TaskId task, Priority priority, ActorRef<OfferEvent> offerer)
      implements Command {}

  /** The task is no longer to be had: begun, ended, or its session is over. */
  public record Withdraw(TaskId task) implements Command {}

  /**
   * An agent is free. Replaces any earlier claim of the same agent. Expires unless it is sent
   * again.
   *
   * @param claimId comes back with the match, so that a host knows which claim was met
   * @param worker the JVM of the host: what was matched with a dead one is offered to others
   */
  public record Claim(long claimId, AgentName agent, WorkerId worker, ActorRef<Match> host)
      implements Command {}

  /**
   * The agent's JVM has ended: its claim is void, and whoever offered what it was given is told.
   */
  public record HostGone(AgentName agent, WorkerId worker) implements Command {}

  /** A claim was met: the host shall begin this task at its session. */
  public record Match(long claimId, TaskId task) implements CborSerializable {}

  /** What an offerer hears. */
  public sealed interface OfferEvent extends CborSerializable {}

  /** The JVM of the agent that the task was matched with has ended. */
  public record HostLost(TaskId task, AgentName agent, WorkerId worker) implements OfferEvent {}
}
