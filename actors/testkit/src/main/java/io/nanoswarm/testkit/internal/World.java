package io.nanoswarm.testkit.internal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.BlackboardSettings;
import io.nanoswarm.bus.BusSettings;
import io.nanoswarm.bus.ChannelHub;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.bus.SwarmBus;
import io.nanoswarm.channel.DurableChannel;
import io.nanoswarm.channel.DurableChannelSettings;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.memory.AgentMemory;
import io.nanoswarm.memory.AgentMemorySettings;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.orchestrator.Orchestrator;
import io.nanoswarm.orchestrator.OrchestratorLinks;
import io.nanoswarm.orchestrator.OrchestratorSettings;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.queue.TaskQueueSettings;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSettings;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorView;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.dispatch.ExecutionContexts;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;

/**
 * Everything durable of a swarm, its orchestrators, and the JVMs of its agents, in one actor system
 * that moves in {@link Turns} and in {@link VirtualTime}.
 */
public final class World {
  private static final int STOP_WITHIN_SECONDS = 30;

  private final ActorSystem<Void> system;
  private final Turns turns;
  private final VirtualTime time;
  private final Parts parts;

  /** What the swarm is given from outside. */
  public record Means(
      Planner planner, Network network, Turns turns, ArtifactStore artifacts, Path cache) {}

  /** The actors that a test talks to. */
  public record Parts(
      Gate gate,
      ActorRef<LocalShard.Command<Session.Command>> sessions,
      ActorRef<LocalShard.Command<Blackboard.Command>> blackboards,
      ActorRef<LocalShard.Command<TaskQueue.Command>> queues,
      ActorRef<LocalShard.Command<Orchestrator.Command>> orchestrators,
      ActorRef<Jvms.Command> jvms,
      MessageBus bus) {}

  public static World start(Means means) throws InterruptedException {
    return new World(means);
  }

  private World(Means means) throws InterruptedException {
    turns = means.turns();
    var made = new CompletableFuture<Parts>();
    system = system(guardian(means, made), turns);
    time = clock(system);
    parts = await(made);
    turns.settle();
  }

  /** An actor system that moves in turns and in virtual time, with nothing in it. */
  public static <T> ActorSystem<T> system(Behavior<T> guardian, Turns turns) {
    var setup =
        BootstrapSetup.create(
            Optional.empty(),
            Optional.of(config()),
            Optional.of(ExecutionContexts.fromExecutor(turns)));
    return ActorSystem.create(guardian, "swarm", setup);
  }

  public static VirtualTime clock(ActorSystem<?> system) {
    return (VirtualTime) Adapter.toClassic(system).scheduler();
  }

  private static Config config() {
    return ConfigFactory.parseResources("swarm-testkit.conf")
        .withFallback(PersistenceTestKitPlugin.getInstance().config())
        .withFallback(PersistenceTestKitSnapshotPlugin.config())
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  private static Behavior<Void> guardian(Means means, CompletableFuture<Parts> made) {
    return Behaviors.setup(context -> {
      made.complete(parts(context, means));
      return Behaviors.empty();
    });
  }

  private static Parts parts(ActorContext<Void> context, Means means) {
    var system = context.getSystem();
    InstantSource clock = clock(system);
    var sessionSettings = SessionSettings.create(system);
    var boardSettings = BlackboardSettings.create(system);
    var memorySettings = AgentMemorySettings.create(system);
    var queueSettings = TaskQueueSettings.create(system);
    var busSettings = BusSettings.create(system);
    var channelSettings = DurableChannelSettings.create(system);
    ActorRef<LocalShard.Command<Session.Command>> sessions =
        context.spawn(
            LocalShard.create(
                Session.stopMessage(),
                (id, shard) -> Session.create(new SessionId(id), sessionSettings, clock, shard)),
            "sessions");
    ActorRef<LocalShard.Command<Blackboard.Command>> blackboards =
        context.spawn(
            LocalShard.create(
                Blackboard.stopMessage(),
                (id, shard) -> Blackboard.create(new SessionId(id), boardSettings, clock, shard)),
            "blackboards");
    ActorRef<LocalShard.Command<AgentMemory.Command>> memories =
        context.spawn(LocalShard.create(id -> memory(id, memorySettings)), "memories");
    ActorRef<ShardingEnvelope<Session.Command>> sessionDoor = LocalShard.door(context, sessions);
    ActorRef<LocalShard.Command<TaskQueue.Command>> queues =
        context.spawn(
            LocalShard.create(
                id -> TaskQueue.create(new AgentRole(id), queueSettings, clock, sessionDoor)),
            "queues");
    ActorRef<LocalShard.Command<ChannelHub.Command>> hubs =
        context.spawn(
            LocalShard.create(
                ChannelHub.stopMessage(), (_, shard) -> ChannelHub.create(busSettings, shard)),
            "hubs");
    ActorRef<LocalShard.Command<DurableChannel.Command>> channels =
        context.spawn(
            LocalShard.create(
                DurableChannel.stopMessage(),
                (id, shard) -> DurableChannel.create(id, channelSettings, shard)),
            "channels");
    var gate =
        new Gate(
            sessionDoor,
            LocalShard.door(context, blackboards),
            LocalShard.door(context, memories),
            LocalShard.door(context, queues),
            LocalShard.door(context, hubs),
            LocalShard.door(context, channels),
            context.getSystem().ignoreRef());
    var links =
        new OrchestratorLinks(
            gate,
            context.spawn(SessionDirectory.create(clock), "directory"),
            context.spawn(everybodyIsThere(), "supervisor"),
            means.planner(),
            _ -> upToDate(),
            OrchestratorSettings.create(system),
            clock);
    ActorRef<LocalShard.Command<Orchestrator.Command>> orchestrators =
        context.spawn(
            LocalShard.create(id -> Orchestrator.create(new SessionId(id), links)),
            "orchestrators");
    var jvms =
        context.spawn(
            Jvms.create(
                new Jvms.Means(
                    gate, means.network(), means.turns(), means.artifacts(), means.cache(), clock)),
            "jvms");
    var bus = SwarmBus.create(context, gate.channels(), gate.durableChannels(), busSettings);
    return new Parts(gate, sessions, blackboards, queues, orchestrators, jvms, bus);
  }

  private static Behavior<AgentMemory.Command> memory(String id, AgentMemorySettings settings) {
    int slash = id.indexOf('/');
    return AgentMemory.create(
        new SessionId(id.substring(0, slash)), new AgentName(id.substring(slash + 1)), settings);
  }

  /** No agent is given up for ever, and what a task needs of a node, those of tests have. */
  private static Behavior<Supervisor.Command> everybodyIsThere() {
    return Behaviors.receiveMessage(message -> {
      if (message instanceof Supervisor.GetAgents(var replyTo)) {
        replyTo.tell(new SupervisorView(List.of()));
      } else if (message instanceof Supervisor.Place place) {
        place.replyTo().tell(new Placed(List.of(), List.of(), 1));
      } else {
        throw new IllegalStateException("nobody answers this here: " + message);
      }
      return Behaviors.same();
    });
  }

  /** A mirror without a folder. */
  private static Behavior<Mirror.Command> upToDate() {
    return Behaviors.receiveMessage(message -> {
      if (message instanceof Mirror.AwaitRevision(var revision, var replyTo)) {
        replyTo.tell(new Mirror.Mirrored(revision));
      }
      return message instanceof Mirror.Stop ? Behaviors.stopped() : Behaviors.same();
    });
  }

  public Parts parts() {
    return parts;
  }

  public VirtualTime time() {
    return time;
  }

  public ActorSystem<Void> system() {
    return system;
  }

  public void drive(SessionId session) {
    parts
        .orchestrators()
        .tell(
            new LocalShard.Deliver<>(
                new ShardingEnvelope<>(session.value(), new Orchestrator.Drive())));
  }

  /** Ends every actor; work on threads of its own is interrupted, and not waited for. */
  public void end() throws InterruptedException {
    terminate(system, turns);
  }

  static void terminate(ActorSystem<?> system, Turns turns) throws InterruptedException {
    turns.letGo();
    system.terminate();
    await(system.getWhenTerminated());
    turns.close();
  }

  private static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the actor system did not start or stop", e);
    }
  }
}
