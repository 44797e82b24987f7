package io.nanoswarm.bus;

import io.nanoswarm.channel.DurableChannel;
import io.nanoswarm.channel.DurableChannel.Notice;
import io.nanoswarm.follow.Follower;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Keeps one actor subscribed to a {@link DurableChannel}, wherever that moves, and tells it every
 * message in the order of offsets. Started and stopped by the {@link Switchboard}.
 */
final class DurableSubscription extends AbstractMatchingBehavior<DurableSubscription.Command> {
  private final Channel channel;
  private final ActorRef<BusMessage> subscriber;
  private final Follower<DurableChannel.Command, Command> follower;

  sealed interface Command {}

  private record Heard(Notice notice) implements Command {}

  private record SourceGone(ActorRef<DurableChannel.Command> source) implements Command {}

  private record Renew() implements Command {}

  static Behavior<Command> create(
      Channel channel,
      long afterOffset,
      ActorRef<ShardingEnvelope<DurableChannel.Command>> channels,
      Duration renewEvery,
      ActorRef<BusMessage> subscriber) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Renew(), Duration.ZERO, renewEvery);
          return new DurableSubscription(context, channel, afterOffset, channels, subscriber);
        }));
  }

  private DurableSubscription(
      ActorContext<Command> context,
      Channel channel,
      long afterOffset,
      ActorRef<ShardingEnvelope<DurableChannel.Command>> channels,
      ActorRef<BusMessage> subscriber) {
    super(context);
    this.channel = channel;
    this.subscriber = subscriber;
    ActorRef<Notice> ear = context.messageAdapter(Notice.class, Heard::new);
    this.follower =
        new Follower<>(
            context,
            SourceGone::new,
            after ->
                channels.tell(
                    new ShardingEnvelope<>(
                        channel.name(), new DurableChannel.Subscribe(after, ear))),
            afterOffset);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Heard(DurableChannel.Subscribed(var at, _)) -> follower.onSubscribed(at);
      case Heard(DurableChannel.Oldest(var offset)) ->
          follower.goOnAfter(Math.max(follower.heard(), offset - 1));
      case Heard(DurableChannel.Delivery(var offset, var text)) -> onDelivery(offset, text);
      case SourceGone(var gone) -> follower.onGone(gone);
      case Renew _ -> follower.subscribe();
    }
    return this;
  }

  private void onDelivery(long offset, String text) {
    if (follower.hears(offset - 1, offset)) {
      subscriber.tell(new BusMessage(channel, offset, text));
    }
  }
}
