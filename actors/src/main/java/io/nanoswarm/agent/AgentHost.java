package io.nanoswarm.agent;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Runs one agent on a worker node. */
public final class AgentHost {
  private AgentHost() {}

  /** What a host is told from outside. */
  public sealed interface Command extends CborSerializable {}

  /** Stop in order: release the task at hand, claim no more, stop. */
  public record Stop() implements Command {}

  public static Behavior<Command> create(
      AgentName name, WorkerId worker, AgentSpec spec, Gate gate) {
    return Behaviors.empty();
  }
}
