package io.nanoswarm.launch;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.supervisor.Machine;
import io.nanoswarm.supervisor.Worker;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/**
 * Main class of a JVM that lives a worker's life once, from joining to leaving, so that the JDK
 * learns which classes that takes.
 *
 * <p>The control node it joins is a second actor system in the same JVM: no real one is disturbed.
 */
final class Training {
  private static final WorkerId WORKER = new WorkerId("trainee");

  private Training() {}

  public static void main(String[] args) {
    Leash.hold(System.in);
    var config = ConfigFactory.load(ConfigFactory.parseResources("worker.conf"));
    var _ = ActorSystem.create(Behaviors.setup(Training::guardian), "training", config);
  }

  private static Behavior<Machine.Command> guardian(ActorContext<Machine.Command> context) {
    var system = context.getSystem();
    var cluster = Cluster.get(system);
    var self = cluster.selfMember().address();
    cluster.manager().tell(Join.create(self));
    var deaf =
        new Gate(
            system.ignoreRef(),
            system.ignoreRef(),
            system.ignoreRef(),
            system.ignoreRef(),
            system.ignoreRef(),
            system.ignoreRef());
    WorkerMain.start(
        new LaunchDocument(
            WORKER,
            ActorRefResolver.get(system).toSerializationFormat(context.getSelf()),
            self.toString(),
            new LaunchDocument.Folders("", ""),
            ""));
    return Behaviors.receiveMessage(message -> onMessage(message, deaf));
  }

  /** A machine's part in the life of one worker. */
  private static Behavior<Machine.Command> onMessage(Machine.Command message, Gate gate) {
    if (message instanceof Machine.Hello hello) {
      hello.guardian().tell(new Worker.Host(new AgentName("trainee"), spec(), gate));
      // At the end of its life the worker exits this JVM, which is when the cache is written.
      hello.guardian().tell(new Worker.Shutdown());
    }
    return Behaviors.same();
  }

  private static AgentSpec spec() {
    return new AgentSpec(
        new AgentRole("trainee"), Idle.class.getName(), "", 64, AgentSpec.Restarts.DEFAULT);
  }

  /** Public, as all agents are. */
  public static final class Idle implements Agent {
    @Override
    public Behavior<Message> create() {
      return Behaviors.ignore();
    }
  }
}
