package io.nanoswarm.node;

import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.placement.Probe;
import io.nanoswarm.supervisor.Machine;
import io.nanoswarm.supervisor.Membership;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorSettings;
import io.nanoswarm.supervisor.WorkerLauncher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** Root of a machine node: its machine, and the ways to the control nodes. Wiring only. */
final class MachineGuardian extends AbstractMatchingBehavior<MachineGuardian.Command> {

  sealed interface Command {}

  private record Leave(ActorRef<Machine.Empty> replyTo) implements Command {}

  /**
   * What a machine node is given.
   *
   * @param artifacts of this node, which hold copies
   */
  record Means(
      WorkerLauncher launcher,
      Probe probe,
      ArtifactStore artifacts,
      Executor blocking,
      InstantSource clock,
      RandomGenerator random) {}

  private final ActorRef<Machine.Command> machine;

  static Behavior<Command> create(Means means) {
    return Behaviors.setup(context -> new MachineGuardian(context, means));
  }

  private MachineGuardian(ActorContext<Command> context, Means means) {
    super(context);
    var system = context.getSystem();
    // On a node that is none for control, these are ways to those that are.
    var gate = Doors.open(system, means.artifacts(), means.blocking(), means.clock());
    var supervisor =
        ClusterSingleton.get(system)
            .init(SingletonActor.of(Behaviors.<Supervisor.Command>empty(), Doors.SUPERVISOR));
    machine =
        context.spawn(
            Machine.create(
                new Machine.Means(
                    means.launcher(),
                    means.probe(),
                    Membership.of(system),
                    gate,
                    supervisor,
                    SupervisorSettings.create(system),
                    means.random())),
            "machine");
  }

  /** Has the machine's agents finish and end; completes when none is left, or time is up. */
  static CompletionStage<Machine.Empty> leave(ActorSystem<Command> system, Duration within) {
    return AskPattern.ask(system, Leave::new, within, system.scheduler());
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Leave(var replyTo) -> {
        machine.tell(new Machine.Leave(replyTo));
        yield this;
      }
    };
  }
}
