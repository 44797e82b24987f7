package io.nanoswarm.channel;

import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.entity.FailedWrite;
import io.nanoswarm.entity.Subscribers;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * One channel whose messages are stored, by its name.
 *
 * <p>Guarantees: what was answered with {@link Published} is stored. Offsets grow by one per
 * message, gapless, from 1. A subscriber hears the messages after the offset it names, in order,
 * each once, then those that are published; if the first of them are no longer kept it is told
 * {@link Oldest} before.
 *
 * <p>Not promised: that publishing the same text twice is publishing it once; that a subscriber
 * hears all if a connection breaks. It sees the gap in the offsets, and subscribes again after the
 * last one it heard; so it does when the entity it was told in {@link Subscribed} terminates, and
 * now and then in case that just the last message was lost.
 *
 * <p>Lifecycle: started by its first message; leaves memory when nobody has sent anything for a
 * while and nobody is subscribed. Restarts with backoff when a write failed, keeping its
 * subscribers.
 */
public final class DurableChannel
    extends EventSourcedBehavior<DurableChannel.Command, DurableChannelEvent, DurableChannelState> {
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "durable-channel");

  /** Of one message as UTF-8. */
  public static final int MAX_MESSAGE_BYTES = 64 * 1024;

  private final DurableChannelSettings settings;
  private final ActorContext<Command> context;
  private final ActorRef<ClusterSharding.ShardCommand> shard;

  private final Subscribers<Notice, Command> subscribers;

  /** What a channel is told. */
  public sealed interface Command extends CborSerializable {}

  /** Publishes a message. Not idempotent: sent twice, it is published twice. */
  public record Publish(String text, ActorRef<PublishReply> replyTo) implements Command {}

  /**
   * Subscribes an actor until it stops. Subscribing again replaces its earlier subscription.
   *
   * @param afterOffset 0 for all that is kept
   */
  public record Subscribe(long afterOffset, ActorRef<Notice> subscriber) implements Command {}

  private record SubscriberGone(ActorRef<Notice> subscriber) implements Command {}

  private record Idle() implements Command {}

  private record Stop() implements Command {}

  /** What became of a {@link Publish}. */
  public sealed interface PublishReply extends CborSerializable {}

  /** The message is stored. */
  public record Published(long offset) implements PublishReply {}

  /** The message is larger than {@link #MAX_MESSAGE_BYTES}. */
  public record TooLarge(int bytes, int limit) implements PublishReply {}

  /** What a subscriber hears. */
  public sealed interface Notice extends CborSerializable {}

  /**
   * The subscription stands.
   *
   * @param channel to be watched: when it terminates the subscription is gone
   * @param latest the offset of the latest message, 0 if there is none
   */
  public record Subscribed(ActorRef<Command> channel, long latest) implements Notice {}

  /** Messages before this offset are no longer kept: the next one has it. */
  public record Oldest(long offset) implements Notice {}

  /** A message. */
  public record Delivery(long offset, String text) implements Notice {}

  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system, DurableChannelSettings settings) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(TYPE_KEY, entity -> create(entity.getEntityId(), settings, entity.getShard()))
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
      String name, DurableChannelSettings settings, ActorRef<ClusterSharding.ShardCommand> shard) {
    return Behaviors.setup(context -> {
      context.setReceiveTimeout(settings.idleTimeout(), new Idle());
      return new DurableChannel(name, settings, context, shard);
    });
  }

  private DurableChannel(
      String name,
      DurableChannelSettings settings,
      ActorContext<Command> context,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(PersistenceId.of(TYPE_KEY.name(), name), FailedWrite.RESTART);
    this.settings = settings;
    this.context = context;
    this.shard = shard;
    this.subscribers = new Subscribers<>(context, SubscriberGone::new);
  }

  @Override
  public DurableChannelState emptyState() {
    return DurableChannelState.EMPTY;
  }

  @Override
  public CommandHandler<Command, DurableChannelEvent, DurableChannelState> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<DurableChannelState, DurableChannelEvent> eventHandler() {
    return DurableChannelState::apply;
  }

  @Override
  public SignalHandler<DurableChannelState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::tellSubscribers)
        .onSignal(
            JournalPersistFailed.class,
            (_, failed) -> JournalTrouble.publish(context.getSystem(), failed))
        .onSignal(
            RecoveryFailed.class,
            (_, failed) -> JournalTrouble.publish(context.getSystem(), failed))
        .build();
  }

  /**
   * Events are kept: the journal plugin of this version cannot replay over gaps. Recovery reads few
   * of them.
   */
  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), settings.keepSnapshots());
  }

  private Effect<DurableChannelEvent, DurableChannelState> onCommand(
      DurableChannelState state, Command command) {
    return switch (command) {
      case Publish publish -> onPublish(state, publish);
      case Subscribe subscribe -> onSubscribe(state, subscribe);
      case SubscriberGone(var subscriber) -> onSubscriberGone(subscriber);
      case Idle _ -> onIdle();
      case Stop _ -> Effect().stop();
    };
  }

  private Effect<DurableChannelEvent, DurableChannelState> onPublish(
      DurableChannelState state, Publish command) {
    int bytes = DurableChannelState.size(command.text());
    if (bytes > MAX_MESSAGE_BYTES) {
      return Effect().reply(command.replyTo(), new TooLarge(bytes, MAX_MESSAGE_BYTES));
    }
    var event = state.published(command.text(), settings.maxMessages(), settings.maxBytes());
    return Effect()
        .persist(event)
        .thenRun(this::tellSubscribers)
        .thenReply(command.replyTo(), _ -> new Published(event.offset()));
  }

  private Effect<DurableChannelEvent, DurableChannelState> onSubscribe(
      DurableChannelState state, Subscribe command) {
    var subscriber = command.subscriber();
    subscribers.add(subscriber, command.afterOffset());
    subscriber.tell(new Subscribed(context.getSelf(), state.latest()));
    tellSubscribers(state);
    return Effect().none();
  }

  private Effect<DurableChannelEvent, DurableChannelState> onSubscriberGone(
      ActorRef<Notice> subscriber) {
    subscribers.remove(subscriber);
    return Effect().none();
  }

  /** A subscription that arrives meanwhile is cut off, sees it, and comes again. */
  private Effect<DurableChannelEvent, DurableChannelState> onIdle() {
    if (subscribers.isEmpty()) {
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
    return Effect().none();
  }

  /** Also after a restart: what was stored although the write seemed to fail is told then. */
  private void tellSubscribers(DurableChannelState state) {
    subscribers.tell((subscriber, told) -> tellSince(state, subscriber, told));
  }

  private static long tellSince(DurableChannelState state, ActorRef<Notice> subscriber, long told) {
    if (told + 1 < state.oldest()) {
      subscriber.tell(new Oldest(state.oldest()));
      told = state.oldest() - 1;
    }
    while (told < state.latest()) {
      told++;
      subscriber.tell(new Delivery(told, state.at(told)));
    }
    return told;
  }
}
