package io.nanoswarm.testkit;

import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.Channel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** What was heard on a channel of a {@link SwarmTestKit}, in order. */
public final class ChannelLog {
  private final Channel channel;
  private final List<BusMessage> messages = new CopyOnWriteArrayList<>();

  static ChannelLog open(SwarmTestKit swarm, Channel channel) {
    var log = new ChannelLog(channel);
    ActorRef<BusMessage> ear =
        swarm
            .world()
            .system()
            .systemActorOf(
                Behaviors.<BusMessage>receiveMessage(message -> {
                  log.messages.add(message);
                  return Behaviors.same();
                }),
                "channel-log",
                Props.empty());
    swarm.bus().subscribe(channel, 0, ear);
    return log;
  }

  private ChannelLog(Channel channel) {
    this.channel = channel;
  }

  public Channel channel() {
    return channel;
  }

  public List<BusMessage> messages() {
    return List.copyOf(messages);
  }

  public List<String> texts() {
    return messages.stream().map(BusMessage::text).toList();
  }
}
