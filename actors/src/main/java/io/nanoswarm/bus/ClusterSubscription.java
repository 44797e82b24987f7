package io.nanoswarm.bus;

import io.nanoswarm.bus.ChannelHub.Notice;
import io.nanoswarm.follow.Follower;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Keeps one actor subscribed to a {@link ChannelHub}, wherever that moves. What it says has no
 * numbers: what is lost is lost. Started and stopped by the {@link Switchboard}.
 */
final class ClusterSubscription extends AbstractMatchingBehavior<ClusterSubscription.Command> {
  private final Channel channel;
  private final ActorRef<BusMessage> subscriber;
  private final Follower<ChannelHub.Command, Command> follower;

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
    this.subscriber = subscriber;
    ActorRef<Notice> ear = context.messageAdapter(Notice.class, Heard::new);
    this.follower =
        new Follower<>(
            context,
            HubGone::new,
            _ -> hubs.tell(new ShardingEnvelope<>(channel.name(), new ChannelHub.Subscribe(ear))),
            0);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Heard(ChannelHub.Subscribed(var at)) -> follower.onSubscribed(at);
      case Heard(ChannelHub.Said(var text)) -> subscriber.tell(new BusMessage(channel, 0, text));
      case HubGone(var gone) -> follower.onGone(gone);
      case Renew _ -> follower.subscribe();
    }
    return this;
  }
}
