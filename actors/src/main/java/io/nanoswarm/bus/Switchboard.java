package io.nanoswarm.bus;

import io.nanoswarm.channel.DurableChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * The bus within one JVM: hands on what is published on local channels, and owns a subscription
 * actor for each who subscribed to a channel of farther reach.
 */
final class Switchboard extends AbstractMatchingBehavior<Switchboard.Command> {
  private final ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs;
  private final ActorRef<ShardingEnvelope<DurableChannel.Command>> channels;
  private final BusSettings settings;

  /** By subscriber and channel, what carries the messages; as many as there are living ones. */
  private final Map<ActorRef<BusMessage>, Map<Channel, Line>> lines = new LinkedHashMap<>();

  sealed interface Command {}

  /** Tells all who are subscribed to a local channel. */
  record Publish(Channel channel, String text) implements Command {}

  /** Subscribes an actor until it stops, in place of its earlier subscription to the channel. */
  record Subscribe(Channel channel, long afterOffset, ActorRef<BusMessage> subscriber)
      implements Command {}

  private record SubscriberGone(ActorRef<BusMessage> subscriber) implements Command {}

  private sealed interface Line {}

  /** The subscriber is told right here. */
  private record Direct() implements Line {}

  private record Through(ActorRef<?> subscription) implements Line {}

  static Behavior<Command> create(
      ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs,
      ActorRef<ShardingEnvelope<DurableChannel.Command>> channels,
      BusSettings settings) {
    return Behaviors.setup(context -> new Switchboard(context, hubs, channels, settings));
  }

  private Switchboard(
      ActorContext<Command> context,
      ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs,
      ActorRef<ShardingEnvelope<DurableChannel.Command>> channels,
      BusSettings settings) {
    super(context);
    this.hubs = hubs;
    this.channels = channels;
    this.settings = settings;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Publish(var channel, var text) -> onPublish(channel, text);
      case Subscribe subscribe -> onSubscribe(subscribe);
      case SubscriberGone(var subscriber) -> onSubscriberGone(subscriber);
    }
    return this;
  }

  private void onPublish(Channel channel, String text) {
    var message = new BusMessage(channel, 0, text);
    lines.forEach((subscriber, open) -> {
      if (open.containsKey(channel)) {
        subscriber.tell(message);
      }
    });
  }

  private void onSubscribe(Subscribe command) {
    var subscriber = command.subscriber();
    if (!lines.containsKey(subscriber)) {
      getContext().watchWith(subscriber, new SubscriberGone(subscriber));
    }
    var replaced =
        lines
            .computeIfAbsent(subscriber, _ -> new HashMap<>())
            .put(command.channel(), line(command));
    if (replaced != null) {
      close(replaced);
    }
  }

  private Line line(Subscribe command) {
    var channel = command.channel();
    var subscriber = command.subscriber();
    return switch (channel.reach()) {
      case LOCAL -> new Direct();
      case CLUSTER ->
          new Through(
              getContext()
                  .spawnAnonymous(
                      ClusterSubscription.create(
                          channel, hubs, settings.renewEvery(), subscriber)));
      case DURABLE ->
          new Through(
              getContext()
                  .spawnAnonymous(
                      DurableSubscription.create(
                          channel,
                          command.afterOffset(),
                          channels,
                          settings.renewEvery(),
                          subscriber)));
    };
  }

  private void onSubscriberGone(ActorRef<BusMessage> subscriber) {
    var open = lines.remove(subscriber);
    if (open != null) {
      open.values().forEach(this::close);
    }
  }

  private void close(Line line) {
    switch (line) {
      case Direct _ -> {}
      case Through(var subscription) -> getContext().stop(subscription);
    }
  }
}
