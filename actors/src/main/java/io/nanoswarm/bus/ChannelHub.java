package io.nanoswarm.bus;

import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.serialization.CborSerializable;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * Hands the messages of one {@link Channel.Reach#CLUSTER} channel on to its subscribers.
 *
 * <p>Guarantees: a message is told once to each who is subscribed when it arrives, in the order of
 * arrival. Not promised: that it arrives anywhere; nothing is kept.
 *
 * <p>Lifecycle: started by its first message; stops when nothing was published for a while and
 * nobody is subscribed. When it moves to another node its subscribers see it terminate, and
 * subscribe again.
 */
public final class ChannelHub extends AbstractMatchingBehavior<ChannelHub.Command> {
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "channel-hub");

  private final ActorRef<ClusterSharding.ShardCommand> shard;

  /** As many as there are living subscriptions. */
  private final Set<ActorRef<Notice>> subscribers = new LinkedHashSet<>();

  /** What a hub is told. */
  public sealed interface Command extends CborSerializable {}

  /** Tells all who are subscribed. */
  public record Publish(String text) implements Command {}

  /** Subscribes an actor until it stops; doing it again changes nothing. */
  public record Subscribe(ActorRef<Notice> subscriber) implements Command {}

  private record SubscriberGone(ActorRef<Notice> subscriber) implements Command {}

  private record Idle() implements Command {}

  private record Stop() implements Command {}

  /** What a subscriber hears. */
  public sealed interface Notice extends CborSerializable {}

  /**
   * The subscription stands.
   *
   * @param hub to be watched: when it terminates the subscription is gone
   */
  public record Subscribed(ActorRef<Command> hub) implements Notice {}

  /** A message was published. */
  public record Said(String text) implements Notice {}

  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system, BusSettings settings) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(TYPE_KEY, entity -> create(settings, entity.getShard()))
                .withRole(NodeRole.CONTROL.id())
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
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
      BusSettings settings, ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(context -> {
      context.setReceiveTimeout(settings.hubIdleTimeout(), new Idle());
      return new ChannelHub(context, shard);
    });
  }

  private ChannelHub(ActorContext<Command> context, ActorRef<ClusterSharding.ShardCommand> shard) {
    super(context);
    this.shard = shard;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Publish(var text) -> onPublish(text);
      case Subscribe(var subscriber) -> onSubscribe(subscriber);
      case SubscriberGone(var subscriber) -> onSubscriberGone(subscriber);
      case Idle _ -> onIdle();
      case Stop _ -> Behaviors.stopped();
    };
  }

  private Behavior<Command> onPublish(String text) {
    var said = new Said(text);
    subscribers.forEach(subscriber -> subscriber.tell(said));
    return this;
  }

  private Behavior<Command> onSubscribe(ActorRef<Notice> subscriber) {
    if (subscribers.add(subscriber)) {
      getContext().watchWith(subscriber, new SubscriberGone(subscriber));
    }
    subscriber.tell(new Subscribed(getContext().getSelf()));
    return this;
  }

  private Behavior<Command> onSubscriberGone(ActorRef<Notice> subscriber) {
    subscribers.remove(subscriber);
    return this;
  }

  /** A subscription that arrives meanwhile is cut off, sees it, and comes again. */
  private Behavior<Command> onIdle() {
    if (subscribers.isEmpty()) {
      shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
    }
    return this;
  }
}
