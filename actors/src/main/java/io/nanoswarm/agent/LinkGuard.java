package io.nanoswarm.agent;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Lets an agent whose code does not fit together fail like any other, with a message for its
 * developer. A {@link LinkageError} would end the whole JVM.
 */
final class LinkGuard extends BehaviorInterceptor<Agent.Message, Agent.Message> {

  /** The agent's code refers to what is not there; the message says to what. */
  static final class NotLinked extends RuntimeException {
    private NotLinked(LinkageError error) {
      super(LinkageText.of(error), error);
    }
  }

  private LinkGuard() {
    super(Agent.Message.class);
  }

  static Behavior<Agent.Message> around(Behavior<Agent.Message> agent) {
    return Behaviors.intercept(LinkGuard::new, agent);
  }

  @Override
  public Behavior<Agent.Message> aroundStart(
      TypedActorContext<Agent.Message> context, PreStartTarget<Agent.Message> target) {
    try {
      return target.start(context);
    } catch (LinkageError e) {
      throw new NotLinked(e);
    }
  }

  @Override
  public Behavior<Agent.Message> aroundReceive(
      TypedActorContext<Agent.Message> context,
      Agent.Message message,
      ReceiveTarget<Agent.Message> target) {
    try {
      return target.apply(context, message);
    } catch (LinkageError e) {
      throw new NotLinked(e);
    }
  }
}
