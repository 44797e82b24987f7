package io.nanoswarm.bus;

import io.nanoswarm.channel.DurableChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSource;

/**
 * The bus of one JVM.
 *
 * <p>Reaches other nodes through references it is given, so that it works on nodes that run no
 * shards. One per JVM: local channels of two do not meet. Lives as long as the actor that created
 * it.
 */
public final class SwarmBus implements MessageBus {
  /** Messages that a stream holds for a reader that is slow; one more, and it fails. */
  static final int BUFFER = 1024;

  private final ActorRef<Switchboard.Command> switchboard;
  private final ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs;
  private final ActorRef<ShardingEnvelope<DurableChannel.Command>> channels;
  private final BusSettings settings;
  private final Scheduler scheduler;

  public static SwarmBus create(
      ActorContext<?> owner,
      ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs,
      ActorRef<ShardingEnvelope<DurableChannel.Command>> channels,
      BusSettings settings) {
    var switchboard = owner.spawn(Switchboard.create(hubs, channels, settings), "bus");
    return new SwarmBus(switchboard, hubs, channels, settings, owner.getSystem().scheduler());
  }

  private SwarmBus(
      ActorRef<Switchboard.Command> switchboard,
      ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs,
      ActorRef<ShardingEnvelope<DurableChannel.Command>> channels,
      BusSettings settings,
      Scheduler scheduler) {
    this.switchboard = switchboard;
    this.hubs = hubs;
    this.channels = channels;
    this.settings = settings;
    this.scheduler = scheduler;
  }

  @Override
  public CompletionStage<Void> publish(Channel channel, String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      return CompletableFuture.failedStage(tooLarge(channel, bytes));
    }
    return switch (channel.reach()) {
      case LOCAL -> {
        switchboard.tell(new Switchboard.Publish(channel, text));
        yield CompletableFuture.completedStage(null);
      }
      case CLUSTER -> {
        hubs.tell(new ShardingEnvelope<>(channel.name(), new ChannelHub.Publish(text)));
        yield CompletableFuture.completedStage(null);
      }
      case DURABLE -> store(channel, text);
    };
  }

  @Override
  public void subscribe(Channel channel, long afterOffset, ActorRef<BusMessage> subscriber) {
    switchboard.tell(new Switchboard.Subscribe(channel, afterOffset, subscriber));
  }

  @Override
  public Source<BusMessage, NotUsed> subscribe(Channel channel, long afterOffset) {
    return ActorSource.<BusMessage>actorRef(
            _ -> false, _ -> Optional.empty(), BUFFER, OverflowStrategy.fail())
        .mapMaterializedValue(subscriber -> {
          subscribe(channel, afterOffset, subscriber);
          return NotUsed.getInstance();
        });
  }

  private CompletionStage<Void> store(Channel channel, String text) {
    return AskPattern.<ShardingEnvelope<DurableChannel.Command>, DurableChannel.PublishReply>ask(
            channels,
            replyTo ->
                new ShardingEnvelope<>(channel.name(), new DurableChannel.Publish(text, replyTo)),
            settings.publishTimeout(),
            scheduler)
        .thenCompose(reply ->
            switch (reply) {
              case DurableChannel.Published _ -> CompletableFuture.completedStage(null);
              case DurableChannel.TooLarge(var bytes, _) ->
                  CompletableFuture.failedStage(tooLarge(channel, bytes));
            });
  }

  private static IllegalArgumentException tooLarge(Channel channel, int bytes) {
    return new IllegalArgumentException(
        "message on channel '%s': %d bytes (expected: at most %d; put more into an artifact)"
            .formatted(channel.name(), bytes, MAX_BYTES));
  }
}
