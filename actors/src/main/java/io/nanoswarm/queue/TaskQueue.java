package io.nanoswarm.queue;

import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.TaskId;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * Matches the offered tasks of one role with the claims of agent hosts: what the RFC calls {@code
 * enqueue} is {@link Offer} after the Session stored the task, {@code dequeue} is {@link Claim},
 * {@code complete} is settling at the Session.
 *
 * <p>Guarantees: a claim is met by at most one task, and a task waiting here meets one claim, of a
 * host whose node offers what the task needs. A task that finds none holds up no other. Higher
 * priorities go first; within a priority the sessions take turns, and within a session the order of
 * offers holds; every eighth match goes to the oldest offer of a lower priority, so that none waits
 * for ever. Nothing polls: a claim waits here for an offer and an offer for a claim.
 *
 * <p>Not promised: that a match arrives, or that a task is matched only once. The Session grants
 * one attempt at a time; offers and claims are sent again by those who made them, and every message
 * may come twice.
 *
 * <p>Lifecycle: one entity per role, started by sharding at the first message. It holds nothing
 * durable and is filled again by the next offers and claims when it is restarted elsewhere.
 */
public final class TaskQueue extends AbstractMatchingBehavior<TaskQueue.Command> {
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "task-queue");

  /** What the queue is told. */
  public sealed interface Command extends CborSerializable {}

  /**
   * Offers a task that is ready to be tried. A task that waits here, or was matched a moment ago,
   * is not added again; the latest offer of a waiting task stands in its first one's place.
   *
   * @param needs what the host's node must offer
   * @param offerer hears of the loss of the host that the task was matched with
   */
  public record Offer(TaskId task, Priority priority, List<Need> needs, ActorRef<HostLost> offerer)
      implements Command {
    public Offer {
      needs = List.copyOf(needs);
    }
  }

  /**
   * The task is no longer to be had: an attempt at it has begun, or it has ended.
   *
   * @param begunBy the agent that has begun it, null if none has
   */
  public record Withdraw(TaskId task, @Nullable AgentName begunBy) implements Command {}

  /**
   * An agent is free. Replaces any earlier claim of the same agent; the same claim again is
   * answered with the same match, or, long after that was begun, with another. Expires after {@link
   * TaskQueueSettings#claimExpiry} unless it is sent again.
   *
   * @param claimId comes back with the match, so that a host knows which of its claims was met
   * @param offers what the host's node offers; of the same claim, the latest count
   */
  public record Claim(
      long claimId, AgentName agent, WorkerId worker, Offers offers, ActorRef<Match> host)
      implements Command {
    boolean isSameAs(Claim other) {
      return claimId == other.claimId
          && agent.equals(other.agent)
          && worker.equals(other.worker)
          && host.equals(other.host);
    }
  }

  /** The agent takes no more work. */
  public record Unclaim(AgentName agent, WorkerId worker) implements Command {}

  /**
   * The agent's JVM has ended: its claim is void, and whoever offered what it was given is told.
   */
  public record HostGone(AgentName agent, WorkerId worker) implements Command {}

  /** A claim was met: the host shall begin this task at its session. */
  public record Match(long claimId, TaskId task) implements CborSerializable {}

  /** The JVM of the agent that the task was matched with has ended. */
  public record HostLost(TaskId task, AgentName agent, WorkerId worker)
      implements CborSerializable {}

  private final AgentRole role;
  private final TaskQueueState state;

  public static Behavior<Command> create(
      AgentRole role, TaskQueueSettings settings, InstantSource clock) {
    return Behaviors.setup(
        context -> new TaskQueue(context, role, new TaskQueueState(settings, clock)));
  }

  /** Starts the shard region of all queues on this node. */
  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system, TaskQueueSettings settings, InstantSource clock) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(
                    TYPE_KEY,
                    entity -> create(new AgentRole(entity.getEntityId()), settings, clock))
                .withRole(NodeRole.CONTROL.id()));
  }

  private TaskQueue(ActorContext<Command> context, AgentRole role, TaskQueueState state) {
    super(context);
    this.role = role;
    this.state = state;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Offer offer -> onOffer(offer);
      case Withdraw(var task, var begunBy) -> state.withdraw(task, begunBy);
      case Claim claim -> state.claim(claim);
      case Unclaim(var agent, var worker) -> state.unclaim(agent, worker);
      case HostGone(var agent, var worker) -> onHostGone(agent, worker);
    }
    state.matches().forEach(TaskQueue::tellHost);
    return Behaviors.same();
  }

  private void onOffer(Offer offer) {
    if (!state.offer(offer)) {
      getContext()
          .getLog()
          .warn("queue [{}] is full, task [{}] must be offered again", role, offer.task());
    }
  }

  private void onHostGone(AgentName agent, WorkerId worker) {
    state
        .hostGone(agent, worker)
        .ifPresent(offer -> offer.offerer().tell(new HostLost(offer.task(), agent, worker)));
  }

  private static void tellHost(TaskQueueState.Matched matched) {
    matched.claim().host().tell(new Match(matched.claim().claimId(), matched.offer().task()));
  }
}
