package io.nanoswarm.bus;

import io.nanoswarm.bus.ChannelHub.Notice;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one actor subscribed to a {@link ChannelHub}, wherever that moves. Renewed at intervals,
 * since the request itself may be lost. Started and stopped by the {@link Switchboard}.
 */
final class ClusterSubscription extends AbstractMatchingBehavior<ClusterSubscription.Command> {
  private final Channel channel;
  private final ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs;
  private final ActorRef<BusMessage> subscriber;
  private final ActorRef<Notice> ear;
  private @Nullable ActorRef<ChannelHub.Command> hub;

  sealed interface Command {}

  private record Heard(Notice notice) implements Command {}

  private record HubGone(ActorRef<ChannelHub.Command> hub) implements Command {}

  private record Renew() implements Command {}

  static Behavior<Command> create(
      Channel channel,
      ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs,
      Duration renewEvery,
      ActorRef<BusMessage> subscriber) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Renew(), Duration.ZERO, renewEvery);
          return new ClusterSubscription(context, channel, hubs, subscriber);
        }));
  }

  private ClusterSubscription(
      ActorContext<Command> context,
      Channel channel,
      ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs,
      ActorRef<BusMessage> subscriber) {
    super(context);
    this.channel = channel;
    this.hubs = hubs;
    this.subscriber = subscriber;
    this.ear = context.messageAdapter(Notice.class, Heard::new);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Heard(ChannelHub.Subscribed(var at)) -> watch(at);
      case Heard(ChannelHub.Said(var text)) -> subscriber.tell(new BusMessage(channel, 0, text));
      case HubGone(var gone) -> onHubGone(gone);
      case Renew _ -> subscribe();
    }
    return this;
  }

  private void watch(ActorRef<ChannelHub.Command> at) {
    if (at.equals(hub)) {
      return;
    }
    if (hub != null) {
      getContext().unwatch(hub);
    }
    hub = at;
    getContext().watchWith(at, new HubGone(at));
  }

  private void onHubGone(ActorRef<ChannelHub.Command> gone) {
    if (gone.equals(hub)) {
      hub = null;
      subscribe();
    }
  }

  private void subscribe() {
    hubs.tell(new ShardingEnvelope<>(channel.name(), new ChannelHub.Subscribe(ear)));
  }
}
