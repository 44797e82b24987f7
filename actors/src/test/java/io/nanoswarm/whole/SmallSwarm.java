package io.nanoswarm.whole;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentHost;
import io.nanoswarm.agent.AgentHostSettings;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.agent.HostLinks;
import io.nanoswarm.agent.SkillRegistry;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.BlackboardSettings;
import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.memory.AgentMemory;
import io.nanoswarm.memory.AgentMemorySettings;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.orchestrator.Orchestrator;
import io.nanoswarm.orchestrator.OrchestratorLinks;
import io.nanoswarm.orchestrator.OrchestratorSettings;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.queue.TaskQueueSettings;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSettings;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.supervisor.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Sessions, blackboards, queues, orchestrators and agent hosts as they are, in one JVM over a
 * journal in memory (Pekko's own: the test kit's is too slow for thousands of events). Machines and
 * mirrors are played: every need is met, every file written.
 */
final class SmallSwarm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  final ActorTestKit kit;
  private final Gate gate;
  private final ActorRef<ShardingEnvelope<Orchestrator.Command>> orchestrators;
  private final HostLinks links;
  private final Map<SessionId, Plan> plans = new ConcurrentHashMap<>();

  SmallSwarm(Path folder) {
    kit = ActorTestKit.create("swarm", config(folder.resolve("snapshots")));
    var system = kit.system();
    var cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    var clock = InstantSource.system();
    var sessions = Session.initSharding(system, SessionSettings.create(system), clock);
    gate =
        new Gate(
            sessions,
            Blackboard.initSharding(system, BlackboardSettings.create(system), clock),
            AgentMemory.initSharding(system, AgentMemorySettings.create(system)),
            TaskQueue.initSharding(system, TaskQueueSettings.create(system), clock, sessions),
            system.ignoreRef(),
            system.ignoreRef(),
            system.ignoreRef());
    ActorRef<Supervisor.Command> supervisor =
        kit.spawn(
            Behaviors.receiveMessage(message -> {
              if (message instanceof Supervisor.Place(_, var needs, var replyTo)) {
                replyTo.tell(new Placed(needs, List.of(), 1));
              }
              return Behaviors.same();
            }));
    orchestrators =
        Orchestrator.initSharding(
            system,
            new OrchestratorLinks(
                gate,
                system.ignoreRef(),
                supervisor,
                (session, _, _) -> CompletableFuture.completedStage(plans.get(session)),
                _ ->
                    Behaviors.receiveMessage(message -> {
                      if (message instanceof Mirror.AwaitRevision(var revision, var replyTo)) {
                        replyTo.tell(new Mirror.Mirrored(revision));
                      }
                      return Behaviors.same();
                    }),
                OrchestratorSettings.create(system),
                clock));
    links =
        new HostLinks(
            gate,
            new NoBus(),
            new FileArtifactStore(folder),
            folder,
            AgentHostSettings.create(system),
            system.scheduler(),
            clock);
  }

  /** Slots of a role, in this JVM. */
  void host(String role, int slots, Agent agent) {
    var spec = AgentSpec.of(new AgentRole(role), Agent.class, "an agent");
    for (int i = 1; i <= slots; i++) {
      var name = role + "-" + i;
      kit.spawn(
          AgentHost.create(
              new AgentName(name),
              new WorkerId(name + "-w1"),
              spec,
              agent,
              new SkillRegistry(List.of()),
              links));
    }
  }

  /** Opens a session with this plan and has it driven. */
  void drive(SessionId session, Plan plan) {
    plans.put(session, plan);
    ask(
        session,
        to ->
            new Session.Open(
                new Goal("Does it end?"),
                new Workspace("/w", new ArtifactRef("0123456789abcdef".repeat(4), 1), 1, 1),
                null,
                null,
                to));
    orchestrators.tell(new ShardingEnvelope<>(session.value(), new Orchestrator.Drive()));
  }

  SessionSnapshot now(SessionId session) {
    return ask(session, Session.GetSession::new);
  }

  void tell(SessionId session, Session.Command command) {
    gate.tellSession(session, command);
  }

  /** What became of it, in the end. */
  Ending ending(SessionId session) {
    var over = await(session, snapshot -> snapshot.state() instanceof SessionState.Concluded);
    return ((SessionState.Concluded) over.state()).ending();
  }

  /** Waits until a session is as it should be. */
  SessionSnapshot await(SessionId session, Predicate<SessionSnapshot> expected) {
    TestProbe<SessionSnapshot> probe = kit.createTestProbe();
    return probe.awaitAssert(
        PATIENCE,
        Duration.ofMillis(100),
        () -> {
          var snapshot = now(session);
          if (!expected.test(snapshot)) {
            throw new AssertionError("not as expected: " + phases(snapshot));
          }
          return snapshot;
        });
  }

  TaskRecord task(TaskId id) {
    return now(id.session()).active().orElseThrow().task(id).orElseThrow();
  }

  private static Map<String, Long> phases(SessionSnapshot snapshot) {
    return snapshot.active().stream()
        .flatMap(active -> active.tasks().values().stream())
        .collect(
            Collectors.groupingBy(
                task -> task.phase().getClass().getSimpleName(), Collectors.counting()));
  }

  private SessionSnapshot ask(
      SessionId session, Function<ActorRef<SessionSnapshot>, Session.Command> question) {
    TestProbe<SessionSnapshot> probe = kit.createTestProbe();
    tell(session, question.apply(probe.ref()));
    var answer = probe.receiveMessage(Duration.ofSeconds(60));
    probe.stop();
    return answer;
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }

  private static Config config(Path snapshots) {
    return ConfigFactory.parseString(
            """
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster {
              roles = [control]
              leader-actions-interval = 100ms
              periodic-tasks-initial-delay = 50ms
              jmx.enabled = off
            }
            pekko.coordinated-shutdown.run-by-actor-system-terminate = off
            pekko.persistence {
              journal.plugin = "pekko.persistence.journal.inmem"
              snapshot-store.plugin = "pekko.persistence.snapshot-store.local"
              snapshot-store.local.dir = "%s"
            }
            """
                .formatted(snapshots))
        .withFallback(ConfigFactory.parseResources("swarm-serialization.conf"))
        .withFallback(ConfigFactory.parseResources("layers/local.conf"))
        .withFallback(ConfigFactory.load());
  }

  /** Nobody listens. */
  private static final class NoBus implements MessageBus {
    @Override
    public CompletionStage<Void> publish(Channel channel, String text) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void subscribe(Channel channel, long after, ActorRef<BusMessage> subscriber) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Source<BusMessage, NotUsed> subscribe(Channel channel, long after) {
      throw new UnsupportedOperationException();
    }
  }
}
