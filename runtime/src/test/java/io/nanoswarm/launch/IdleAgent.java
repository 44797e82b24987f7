package io.nanoswarm.launch;

import io.nanoswarm.agent.Agent;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Waits for work that does not come. */
public final class IdleAgent implements Agent {
  @Override
  public Behavior<Message> create() {
    return Behaviors.ignore();
  }
}
