package io.nanoswarm.blackboard;

import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.entity.SameNode;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * The durable blackboard of one session.
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>What was answered with {@link Posted} is stored.
 *   <li>The revision grows by one per change of the whole blackboard, gapless, from 1. A change is
 *       an entry that is posted or marked as unfinished.
 *   <li>An attempt that is older than another that has posted, or that has ended, posts nothing
 *       more; what it had posted is marked as unfinished.
 *   <li>A subscriber hears every entry that changed after the revision it names, in the order of
 *       revisions, each as it is when it is told: what was replaced before the subscription is not
 *       told. From then on it hears every change, once.
 *   <li>Every command may be sent again: the second time changes nothing.
 * </ul>
 *
 * <p>Not promised: that a subscriber hears all if a connection breaks. It sees the gap, since
 * {@link EntryChanged#previous} is then not what it heard last, and subscribes again from there; so
 * it does when the entity it was told in {@link Subscribed} terminates, and now and then in case
 * that just the last change was lost.
 *
 * <p>Lifecycle: started by its first message; leaves memory when nobody has sent anything for a
 * while and nobody is subscribed. Restarts with backoff when a write failed, keeping its
 * subscribers.
 */
public final class Blackboard {
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "blackboard");

  private Blackboard() {}

  /** What a blackboard is told. */
  public sealed interface Command extends CborSerializable {}

  /** What may change the blackboard. */
  sealed interface Write extends Command {}

  /**
   * Posts an entry. Posting the draft that stands there again, in the same attempt, is answered
   * with the entry that stands.
   *
   * @param expected refused with {@link Conflict} if something else stands there
   */
  public record Post(Draft draft, Author author, Expectation expected, ActorRef<PostReply> replyTo)
      implements Write {}

  /**
   * Reads entries by path, a page at a time: an answer that is too large for a message would be
   * lost.
   *
   * @param includeUnfinished whether entries of attempts that did not settle their task are wanted
   * @param after where the page begins: {@link Entries#next} of the page before; null for the first
   */
  public record Read(
      Set<Section> sections,
      boolean includeUnfinished,
      @Nullable EntryPath after,
      ActorRef<Entries> replyTo)
      implements Command {
    public Read {
      sections = Set.copyOf(sections);
    }
  }

  /**
   * Subscribes an actor until it stops: it hears {@link Subscribed}, then what changed, then what
   * changes. Subscribing again replaces its earlier subscription.
   *
   * @param afterRevision 0 for all that stands there
   */
  public record Subscribe(long afterRevision, ActorRef<Notice> subscriber) implements Command {}

  /**
   * An attempt is over. Answered when nothing of it can be posted any more.
   *
   * @param settled whether it settled its task: then entries of all its other attempts are marked
   *     as unfinished; if not, its own and those of older attempts are. Just a later one may post
   *     from now on, which there is after a settled task only if a person has it tried again
   * @param only whether no other attempt at the task was ever granted. The end of such a one that
   *     settled its task is not stored, since it changes nothing: there is nothing to mark, and
   *     nobody to refuse but itself, which is refused until the blackboard leaves memory
   */
  public record EndAttempt(
      TaskId task, Fence fence, boolean settled, boolean only, ActorRef<Done> replyTo)
      implements Write {}

  /** Write what has waited for an earlier write. */
  record WriteTogether() implements Command {}

  record SubscriberGone(ActorRef<Notice> subscriber) implements Command {}

  record Idle() implements Command {}

  record Stop() implements Command {}

  /** What became of a {@link Post}. */
  public sealed interface PostReply extends CborSerializable {}

  /** The entry is stored. */
  public record Posted(Entry entry) implements PostReply {}

  /**
   * The attempt is over.
   *
   * @param presented the attempt's fence
   * @param current the fence of the attempt that made it so; its own if it was ended
   */
  public record AttemptSuperseded(TaskId task, Fence presented, Fence current)
      implements PostReply {}

  /**
   * Another revision stands at the path.
   *
   * @param actual 0 if nothing stands there
   */
  public record Conflict(EntryPath path, long expected, long actual) implements PostReply {}

  /** The blackboard holds as much as it may. */
  public record Full(Measure of, long limit) implements PostReply {}

  /** What a blackboard may be full of. */
  public enum Measure {
    ENTRIES,
    BYTES
  }

  /**
   * A page of entries, by path.
   *
   * @param revision of the blackboard when the page was read
   * @param next where the next page begins, null if this is the last
   */
  public record Entries(List<Entry> entries, long revision, @Nullable EntryPath next)
      implements CborSerializable {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /** What a subscriber hears. */
  public sealed interface Notice extends CborSerializable {}

  /**
   * The subscription stands.
   *
   * @param blackboard to be watched: when it terminates the subscription is gone
   * @param revision of the latest change; what follows up to it was there before
   */
  public record Subscribed(ActorRef<Command> blackboard, long revision) implements Notice {}

  /**
   * An entry was posted or marked as unfinished.
   *
   * @param previous the revision that this subscriber was told before this one
   */
  public record EntryChanged(Entry entry, long previous) implements Notice {}

  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system, BlackboardSettings settings, InstantSource clock) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(
                    TYPE_KEY,
                    entity ->
                        create(
                            new SessionId(entity.getEntityId()),
                            settings,
                            clock,
                            entity.getShard()))
                .withRole(NodeRole.CONTROL.id())
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
                .withAllocationStrategy(SameNode.of(system))
                .withStopMessage(stopMessage()));
  }

  /**
   * What those who host it themselves tell one that asks to leave; it does first what came before.
   */
  public static Command stopMessage() {
    return new Stop();
  }

  /** One entity, for those who host it themselves. */
  public static Behavior<Command> create(
      SessionId session,
      BlackboardSettings settings,
      InstantSource clock,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(context -> {
      context.setReceiveTimeout(settings.idleTimeout(), new Idle());
      return new BlackboardEntity(session, settings, clock, context, shard);
    });
  }
}
