package io.nanoswarm.launch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentCode;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.Machine;
import io.nanoswarm.supervisor.Membership;
import io.nanoswarm.supervisor.SlotView;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorSettings;
import io.nanoswarm.supervisor.SupervisorView;
import io.nanoswarm.supervisor.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** A control node just large enough to own real worker JVMs; also a main class of its own. */
final class ControlNode implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final DataFolder data;
  final ActorTestKit kit;
  final ActorRef<Supervisor.Command> supervisor;

  ControlNode(Path folder) throws DataFolderProblem {
    this(folder, ConfigFactory.empty());
  }

  /** With settings that go before those of other tests. */
  ControlNode(Path folder, Config before) throws DataFolderProblem {
    this.data = DataFolder.open(folder);
    var config =
        before
            .withFallback(ConfigFactory.parseResources("control-node.conf"))
            .withFallback(ConfigFactory.load());
    this.kit = ActorTestKit.create("swarm", config.resolve());
    var system = kit.system();
    var cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    var settings = SupervisorSettings.create(system);
    var launcher = ProcessLauncher.create(data, system.settings().config(), List.of());
    ActorRef<ShardingEnvelope<TaskQueue.Command>> queues = kit.spawn(Behaviors.ignore(), "queues");
    var gate =
        new Gate(
            system.ignoreRef(),
            system.ignoreRef(),
            system.ignoreRef(),
            queues,
            system.ignoreRef(),
            system.ignoreRef(),
            system.ignoreRef());
    this.supervisor =
        kit.spawn(
            Supervisor.create(
                new Surroundings(
                    Set::of,
                    false,
                    gate,
                    new SilentBus(),
                    settings,
                    InstantSource.system(),
                    new Random())),
            "supervisor");
    kit.spawn(
        Machine.create(
            new Machine.Means(
                launcher,
                _ -> CompletableFuture.completedStage(Offers.NONE),
                Membership.of(system),
                gate,
                supervisor,
                settings,
                new Random())),
        "machine");
  }

  static AgentSpec spec(String role, String implementation) {
    return AgentSpec.of(new AgentRole(role), Agent.class, "idle")
        .withCode(AgentCode.ofClassPath(implementation));
  }

  Supervisor.EnsureReply ensure(AgentSpec spec, int count, Isolation isolation) {
    var replies = kit.createTestProbe(Supervisor.EnsureReply.class);
    supervisor.tell(new Supervisor.Ensure(spec, count, isolation, replies.ref()));
    return replies.receiveMessage();
  }

  SupervisorView await(Predicate<SlotView> ofAll) {
    var views = kit.createTestProbe(SupervisorView.class);
    return views.awaitAssert(
        PATIENCE,
        Duration.ofMillis(20),
        () -> {
          supervisor.tell(new Supervisor.GetAgents(views.ref()));
          var view = views.receiveMessage();
          if (!view.slots().stream().allMatch(ofAll)) {
            throw new AssertionError("not as expected: " + view);
          }
          return view;
        });
  }

  SupervisorView awaitUp() {
    return await(slot -> slot.state() instanceof SlotView.Up);
  }

  void stopAll() {
    var stopped = kit.createTestProbe(Supervisor.Stopped.class);
    supervisor.tell(new Supervisor.StopAll(stopped.ref()));
    stopped.receiveMessage(PATIENCE);
  }

  @Override
  public void close() throws IOException {
    kit.shutdownTestKit();
    data.close();
  }

  /** Brings up agents, prints the pids of their JVMs on one line, and waits to be killed. */
  public static void main(String[] args) throws Exception {
    var node = new ControlNode(Path.of(args[0]));
    node.ensure(
        spec("idle", IdleAgent.class.getName()), Integer.parseInt(args[1]), Isolation.PROCESS);
    var pids =
        node.awaitUp().slots().stream().map(slot -> String.valueOf(slot.jvm().pid())).toList();
    System.out.println(String.join(" ", pids));
    while (System.in.read() >= 0) {
      // The test kills this process, or closes its input.
    }
    node.close();
  }
}
