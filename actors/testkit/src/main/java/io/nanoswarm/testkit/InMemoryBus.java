package io.nanoswarm.testkit;

import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A bus within one JVM that keeps every message, whatever its channel's reach.
 *
 * <p>Not promised: that subscribers are dropped when they stop. A stream holds what was published
 * before it runs, and ends.
 */
public final class InMemoryBus implements MessageBus {
  private final List<BusMessage> published = new ArrayList<>();
  private final Map<Channel, List<ActorRef<BusMessage>>> subscribers = new HashMap<>();

  /** All messages in the order in which they were published. */
  public synchronized List<BusMessage> published() {
    return List.copyOf(published);
  }

  @Override
  public synchronized CompletionStage<Void> publish(Channel channel, String text) {
    long offset = channel.reach() == Channel.Reach.DURABLE ? kept(channel, 0).size() + 1 : 0;
    var message = new BusMessage(channel, offset, text);
    published.add(message);
    subscribers.getOrDefault(channel, List.of()).forEach(each -> each.tell(message));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized void subscribe(
      Channel channel, long afterOffset, ActorRef<BusMessage> subscriber) {
    if (channel.reach() == Channel.Reach.DURABLE) {
      kept(channel, afterOffset).forEach(subscriber::tell);
    }
    subscribers.computeIfAbsent(channel, _ -> new ArrayList<>()).add(subscriber);
  }

  @Override
  public Source<BusMessage, NotUsed> subscribe(Channel channel, long afterOffset) {
    return Source.lazySource(() -> Source.from(kept(channel, afterOffset)))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private synchronized List<BusMessage> kept(Channel channel, long afterOffset) {
    return published.stream()
        .filter(each -> each.channel().equals(channel))
        .filter(each -> each.offset() == 0 || each.offset() > afterOffset)
        .toList();
  }
}
