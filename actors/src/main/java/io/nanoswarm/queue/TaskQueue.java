package io.nanoswarm.queue;

import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.Session;
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
 * <p>A claim that finds a task at once is met by the session itself: the queue asks it to begin the
 * attempt in the name of the host, which has just said that it is there. A claim that had to wait
 * is met by a {@link Match}, and its host begins: one that is gone meanwhile costs no attempt.
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
   * An agent is free, or will be when its last outcome is stored. Replaces any earlier claim of the
   * same agent, and is replaced by no earlier one that comes late; the same claim again is answered
   * with the same match, or, long after that was begun, with another. Expires after {@link
   * TaskQueueSettings#claimExpiry} unless it is sent again.
   *
   * @param claimId comes back with what meets it, so that a host knows which of its claims was met;
   *     grows from claim to claim of a host
   * @param offers what the host's node offers; of the same claim, the latest count
   * @param cancellations is {@link Session.Begin#host} of what begins at once
   * @param beginnings is {@link Session.Begin#replyTo} of that
   */
  public record Claim(
      long claimId,
      AgentName agent,
      WorkerId worker,
      Offers offers,
      ActorRef<Match> host,
      ActorRef<Session.AttemptCancelled> cancellations,
      ActorRef<Session.BeginReply> beginnings)
      implements Command {
    boolean isSameAs(Claim other) {
      return claimId == other.claimId
          && agent.equals(other.agent)
          && worker.equals(other.worker)
          && host.equals(other.host);
    }

    /** Whether the other is of the same host, and earlier. */
    boolean isAfter(Claim other) {
      return claimId > other.claimId && worker.equals(other.worker) && host.equals(other.host);
    }
  }

  /**
   * The agent takes no more work. Answered, unless the claim was met at once: then its session is
   * asked to begin once more, and answers that.
   *
   * @param claimId the latest claim
   */
  public record Unclaim(AgentName agent, WorkerId worker, long claimId, ActorRef<Unclaimed> replyTo)
      implements Command {}

  /**
   * The agent's JVM has ended: its claim is void, and whoever offered what it was given is told.
   */
  public record HostGone(AgentName agent, WorkerId worker) implements Command {}

  /** A claim that has waited was met: the host shall begin this task at its session. */
  public record Match(long claimId, TaskId task) implements CborSerializable {}

  /** No session is asked to begin anything to meet the claim. */
  public record Unclaimed(long claimId) implements CborSerializable {}

  /** The JVM of the agent that the task was matched with has ended. */
  public record HostLost(TaskId task, AgentName agent, WorkerId worker)
      implements CborSerializable {}

  private final AgentRole role;
  private final TaskQueueState state;
  private final ActorRef<ShardingEnvelope<Session.Command>> sessions;

  /**
   * @param sessions by session id
   */
  public static Behavior<Command> create(
      AgentRole role,
      TaskQueueSettings settings,
      InstantSource clock,
      ActorRef<ShardingEnvelope<Session.Command>> sessions) {
    return Behaviors.setup(
        context -> new TaskQueue(context, role, new TaskQueueState(settings, clock), sessions));
  }

  /** Starts the shard region of all queues on this node. */
  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system,
      TaskQueueSettings settings,
      InstantSource clock,
      ActorRef<ShardingEnvelope<Session.Command>> sessions) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(
                    TYPE_KEY,
                    entity ->
                        create(new AgentRole(entity.getEntityId()), settings, clock, sessions))
                .withRole(NodeRole.CONTROL.id()));
  }

  private TaskQueue(
      ActorContext<Command> context,
      AgentRole role,
      TaskQueueState state,
      ActorRef<ShardingEnvelope<Session.Command>> sessions) {
    super(context);
    context.setLoggerName(TaskQueue.class);
    this.role = role;
    this.state = state;
    this.sessions = sessions;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Offer offer -> onOffer(offer);
      case Withdraw(var task, var begunBy) -> state.withdraw(task, begunBy);
      case Claim claim -> state.claim(claim);
      case Unclaim unclaim -> onUnclaim(unclaim);
      case HostGone(var agent, var worker) -> onHostGone(agent, worker);
    }
    state.matches().forEach(this::tell);
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
        .forEach(offer -> offer.offerer().tell(new HostLost(offer.task(), agent, worker)));
  }

  private void onUnclaim(Unclaim unclaim) {
    if (!state.unclaim(unclaim.agent(), unclaim.worker(), unclaim.claimId())) {
      unclaim.replyTo().tell(new Unclaimed(unclaim.claimId()));
    }
  }

  private void tell(TaskQueueState.Matched matched) {
    Claim claim = matched.claim();
    TaskId task = matched.offer().task();
    if (matched.atOnce()) {
      var begin =
          new Session.Begin(
              task,
              claim.agent(),
              claim.worker(),
              claim.claimId(),
              claim.cancellations(),
              claim.beginnings());
      sessions.tell(new ShardingEnvelope<>(task.session().value(), begin));
    } else {
      claim.host().tell(new Match(claim.claimId(), task));
    }
  }
}
