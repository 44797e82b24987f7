package io.nanoswarm.bus;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Publishes to and subscribes to {@link Channel}s. What a channel promises stands at {@link
 * Channel.Reach}.
 *
 * <p>May be used from any thread.
 */
public interface MessageBus {
  /** A message's size as UTF-8; a larger one is refused. */
  int MAX_BYTES = 64 * 1024;

  /**
   * Publishes a message. The stage completes when the channel has it: on a durable channel after it
   * is stored, on others after it was handed on, which says nothing about who heard it.
   */
  CompletionStage<Void> publish(Channel channel, String text);

  /**
   * Subscribes an actor until it stops. Messages published before the subscription has spread are
   * not heard, but on durable channels, where it begins after {@code afterOffset}. Subscribing it
   * again replaces its earlier subscription to the channel.
   *
   * @param afterOffset 0 for all that is kept; without meaning on other channels
   */
  void subscribe(Channel channel, long afterOffset, ActorRef<BusMessage> subscriber);

  /**
   * The same as a stream, subscribed while it runs. If its reader is slower than the channel by
   * more than the buffer of 1024 messages, the stream fails: on a durable channel it can be taken
   * up from the last offset seen.
   */
  Source<BusMessage, NotUsed> subscribe(Channel channel, long afterOffset);
}
