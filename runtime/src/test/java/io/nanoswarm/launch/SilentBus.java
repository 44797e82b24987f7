package io.nanoswarm.launch;

import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;

/** Nobody listens. */
public final class SilentBus implements MessageBus {
  @Override
  public CompletionStage<Void> publish(Channel channel, String text) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void subscribe(Channel channel, long after, ActorRef<BusMessage> subscriber) {}

  @Override
  public Source<BusMessage, NotUsed> subscribe(Channel channel, long after) {
    return Source.empty();
  }
}
