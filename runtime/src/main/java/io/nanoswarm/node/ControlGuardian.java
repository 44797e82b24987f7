package io.nanoswarm.node;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.bus.BusSettings;
import io.nanoswarm.bus.SwarmBus;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.feed.SessionFeeds;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.orchestrator.Orchestrator;
import io.nanoswarm.orchestrator.OrchestratorLinks;
import io.nanoswarm.orchestrator.OrchestratorSettings;
import io.nanoswarm.placement.Probe;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.supervisor.Machine;
import io.nanoswarm.supervisor.Membership;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorSettings;
import io.nanoswarm.supervisor.Surroundings;
import io.nanoswarm.supervisor.WorkerLauncher;
import io.nanoswarm.trace.Spans;
import io.nanoswarm.tracing.TracedSessions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
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

/** Root of a control node: starts what belongs to it and says where it is. Wiring only. */
final class ControlGuardian extends AbstractMatchingBehavior<ControlGuardian.Command> {

  /** What the guardian is told. */
  sealed interface Command {}

  record GetParts(ActorRef<ControlParts> replyTo) implements Command {}

  private record Leave(ActorRef<Machine.Empty> replyTo) implements Command {}

  /** Have every session driven that is not over, from this node or another. */
  record ContinueAll(Sessions sessions, InstantSource clock) implements Command {}

  /**
   * What a control node is given.
   *
   * @param othersMayJoin whether machines of other nodes may be members
   * @param artifacts what depots hand out
   * @param blocking for work that blocks
   * @param probe finds out what this machine offers
   * @param mirror makes the mirror of a session's blackboard
   * @param journal is told of failed writes
   * @param spans where those of sessions go
   * @param stored reads all events of a session, and blocks
   */
  record Means(
      Planner planner,
      boolean othersMayJoin,
      ArtifactStore artifacts,
      Executor blocking,
      WorkerLauncher launcher,
      Probe probe,
      Function<SessionId, Function<Gate, Behavior<Mirror.Command>>> mirror,
      JournalHealth journal,
      Spans spans,
      StoredSession stored,
      InstantSource clock,
      RandomGenerator random) {}

  /** Reads all events of a session. */
  @FunctionalInterface
  interface StoredSession {
    List<SessionEvent> events(SessionId session) throws SQLException, IOException;
  }

  private final ControlParts parts;

  static Behavior<Command> create(Means means) {
    return Behaviors.setup(context -> new ControlGuardian(context, means));
  }

  private ControlGuardian(ActorContext<Command> context, Means means) {
    super(context);
    context.spawn(means.journal().listening(), "journal-health");
    var system = context.getSystem();
    Gate gate = Doors.open(system, means.artifacts(), means.blocking(), means.clock());
    if (means.spans().wanted()) {
      context.spawn(TracedSessions.create(traced(gate, means)), "traces");
    }
    var bus =
        SwarmBus.create(
            context, gate.channels(), gate.durableChannels(), BusSettings.create(system));
    SessionDirectory.initSharding(system, means.clock());
    var directory = SessionDirectory.of(system);
    var settings = SupervisorSettings.create(system);
    var supervisor =
        ClusterSingleton.get(system)
            .init(
                SingletonActor.of(
                    Supervisor.create(
                        new Surroundings(
                            () -> MachineNodes.of(system),
                            means.othersMayJoin(),
                            gate,
                            bus,
                            settings,
                            means.clock(),
                            means.random())),
                    Doors.SUPERVISOR));
    var machine =
        context.spawn(
            Machine.create(
                new Machine.Means(
                    means.launcher(),
                    means.probe(),
                    Membership.of(system),
                    gate,
                    supervisor,
                    settings,
                    means.random())),
            "machine");
    var orchestrators =
        Orchestrator.initSharding(
            system,
            new OrchestratorLinks(
                gate,
                directory,
                supervisor,
                means.planner(),
                session -> means.mirror().apply(session).apply(gate),
                OrchestratorSettings.create(system),
                means.clock()));
    var feeds = context.spawn(SessionFeeds.create(), "feeds");
    parts = new ControlParts(gate, directory, orchestrators, supervisor, machine, bus, feeds);
  }

  private static TracedSessions.Means traced(Gate gate, Means means) {
    return new TracedSessions.Means(
        gate.sessions(),
        session ->
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return means.stored().events(session);
                  } catch (SQLException | IOException e) {
                    throw new CompletionException(e);
                  }
                },
                means.blocking()),
        means.spans(),
        means.clock());
  }

  /** Has the machine's agents finish and end; completes when none is left, or time is up. */
  static CompletionStage<Machine.Empty> leave(ActorSystem<Command> system, Duration within) {
    return AskPattern.ask(system, Leave::new, within, system.scheduler());
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case GetParts(var replyTo) -> {
        replyTo.tell(parts);
        yield this;
      }
      case Leave(var replyTo) -> {
        parts.machine().tell(new Machine.Leave(replyTo));
        yield this;
      }
      case ContinueAll(var sessions, var clock) -> {
        var _ =
            ClusterSingleton.get(getContext().getSystem())
                .init(SingletonActor.of(Continuation.create(sessions, clock), "continuation"));
        yield this;
      }
    };
  }
}
