package io.nanoswarm.supervisor;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.bus.MessageBus;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What every slot needs from outside.
 *
 * @param machine who starts JVMs: one machine, or a router to several
 * @param gate told to every worker
 * @param bus where ups and downs are told
 * @param random for the jitter of restarts
 */
public record Surroundings(
    ActorRef<Machine.Command> machine,
    Gate gate,
    MessageBus bus,
    SupervisorSettings settings,
    InstantSource clock,
    RandomGenerator random) {

  /** Asks for the JVM of an agent, on behalf of its slot. */
  void launch(DesiredAgent agent, ActorRef<AgentSlot.Command> slot) {
    machine.tell(new Machine.Launch(agent, gate, slot));
  }
}
