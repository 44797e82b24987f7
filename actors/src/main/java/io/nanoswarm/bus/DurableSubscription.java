package io.nanoswarm.bus;

import io.nanoswarm.channel.DurableChannel;
import io.nanoswarm.channel.DurableChannel.Notice;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one actor subscribed to a {@link DurableChannel}, wherever that moves, and tells it every
 * message in the order of offsets. A gap, and the end of the entity, make it subscribe again after
 * the last offset it has told; so does a timer, since the last message itself may be lost. Started
 * and stopped by the {@link Switchboard}.
 */
final class DurableSubscription extends AbstractMatchingBehavior<DurableSubscription.Command> {
  private final Channel channel;
  private final ActorRef<ShardingEnvelope<DurableChannel.Command>> channels;
  private final ActorRef<BusMessage> subscriber;
  private final ActorRef<Notice> ear;
  private @Nullable ActorRef<DurableChannel.Command> source;
  private long told;
  private boolean catchingUp;

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
    this.told = afterOffset;
    this.channels = channels;
    this.subscriber = subscriber;
    this.ear = context.messageAdapter(Notice.class, Heard::new);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Heard(DurableChannel.Subscribed(var at, _)) -> onSubscribed(at);
      case Heard(DurableChannel.Oldest(var offset)) -> told = Math.max(told, offset - 1);
      case Heard(DurableChannel.Delivery(var offset, var text)) -> onDelivery(offset, text);
      case SourceGone(var gone) -> onSourceGone(gone);
      case Renew _ -> subscribe();
    }
    return this;
  }

  private void onSubscribed(ActorRef<DurableChannel.Command> at) {
    catchingUp = false;
    if (at.equals(source)) {
      return;
    }
    if (source != null) {
      getContext().unwatch(source);
    }
    source = at;
    getContext().watchWith(at, new SourceGone(at));
  }

  /** What was told before is heard again after a renewal. */
  private void onDelivery(long offset, String text) {
    if (offset == told + 1) {
      subscriber.tell(new BusMessage(channel, offset, text));
      told = offset;
    } else if (offset > told && !catchingUp) {
      subscribe();
    }
  }

  private void onSourceGone(ActorRef<DurableChannel.Command> gone) {
    if (gone.equals(source)) {
      source = null;
      subscribe();
    }
  }

  private void subscribe() {
    catchingUp = true;
    channels.tell(new ShardingEnvelope<>(channel.name(), new DurableChannel.Subscribe(told, ear)));
  }
}
