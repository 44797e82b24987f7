package io.nanoswarm.agent;

import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.Channel;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Hears channels and follows the blackboard for one attempt: an actor of its own, so that all
 * subscriptions of the attempt end with it. Started and stopped by the {@link AgentHost}.
 */
final class AttemptEar extends AbstractMatchingBehavior<AttemptEar.Command> {
  private final HostPhase.Attempt attempt;
  private final HostLinks links;
  private final ActorRef<AgentHost.Command> host;
  private final ActorRef<BusMessage> messages;

  sealed interface Command {}

  /** Hear a channel, in place of an earlier subscription to it. */
  record Hear(Channel channel, long afterOffset) implements Command {}

  /** Follow the blackboard until the reader stops. */
  record Watch(long afterRevision, ActorRef<BoardNews> reader) implements Command {}

  private record Told(BusMessage message) implements Command {}

  static Behavior<Command> create(
      HostPhase.Attempt attempt, HostLinks links, ActorRef<AgentHost.Command> host) {
    return Behaviors.setup(context -> new AttemptEar(context, attempt, links, host));
  }

  private AttemptEar(
      ActorContext<Command> context,
      HostPhase.Attempt attempt,
      HostLinks links,
      ActorRef<AgentHost.Command> host) {
    super(context);
    this.attempt = attempt;
    this.links = links;
    this.host = host;
    messages = context.messageAdapter(BusMessage.class, Told::new);
  }

  /** Says that there is nothing to hear, since the attempt is over. */
  static void refuse(Command command) {
    if (command instanceof Watch(_, var reader)) {
      reader.tell(new BoardNews.Over());
    }
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Hear(var channel, var afterOffset) ->
          links.bus().subscribe(channel, afterOffset, messages);
      case Watch(var afterRevision, var reader) ->
          getContext()
              .spawnAnonymous(
                  BoardWatch.create(attempt.task().session(), afterRevision, links, reader));
      case Told(var message) -> host.tell(new AgentHost.Told(attempt.id(), message));
    }
    return this;
  }
}
