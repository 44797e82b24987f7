package io.nanoswarm.testkit;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.testkit.internal.HostedAgent;
import io.nanoswarm.testkit.internal.Jvms;
import io.nanoswarm.testkit.internal.LocalShard;
import io.nanoswarm.testkit.internal.Network;
import io.nanoswarm.testkit.internal.Turns;
import io.nanoswarm.testkit.internal.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * A whole swarm in one JVM: the real sessions, blackboards, memories, channels, queues,
 * orchestrators and agent hosts, on a journal in memory, without a cluster, processes or HTTP. A
 * test hosts agents, opens sessions, breaks things, and looks at what comes of it.
 *
 * <p>Guarantees:
 *
 * <ul>
 *   <li>Time passes when the test lets it pass, or when nothing else is left to wait for: an hour's
 *       sleep takes no time.
 *   <li>The same seed gives the same order of events and the same faults, as far as agents do not
 *       block: what runs on threads of its own is as quick as it is.
 *   <li>A failure that the kit reports names its seed.
 *   <li>Each agent sits behind a network of its own: what passes it can be lost, repeated and
 *       delayed, requests and replies alike.
 * </ul>
 *
 * <p>Not promised: what processes, the cluster and the database do: no JVM is really started, no
 * slot gives up, nothing is mirrored to files. Not safe for use by several threads.
 *
 * <p>Lifecycle: {@link #create} to {@link #close}; {@link SwarmTest} does both.
 */
public final class SwarmTestKit implements AutoCloseable {
  /** The system property that sets the seed of kits that are given none. */
  public static final String SEED = "nanoswarm.seed";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration ASK_TIMEOUT = Duration.ofDays(2);

  private final long seed;
  private final ScratchFolder scratch;
  private final InMemoryArtifacts artifacts = new InMemoryArtifacts();
  private final Network network;
  private final Turns turns;
  private final World world;
  private final Map<SessionId, Planner> planners = new ConcurrentHashMap<>();
  private final Map<AgentRole, Integer> hosted = new HashMap<>();
  private final Map<AgentRole, List<Supplier<? extends Skill>>> equipment = new HashMap<>();
  private int sessions;

  /** With the seed of the system property {@value #SEED}, or with a new one. */
  public static SwarmTestKit create() {
    return create(Long.getLong(SEED, ThreadLocalRandom.current().nextInt(1_000_000)));
  }

  public static SwarmTestKit create(long seed) {
    return new SwarmTestKit(seed);
  }

  private SwarmTestKit(long seed) {
    this.seed = seed;
    scratch = ScratchFolder.create();
    network = new Network(seed);
    turns = new Turns(seed);
    world =
        uninterrupted(() ->
            World.start(
                new World.Means(new PlannerOfEach(), network, turns, artifacts, scratch.path())));
  }

  /** Each session's own. */
  private final class PlannerOfEach implements Planner {
    @Override
    public CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace) {
      return plan(session, goal, Earlier.NONE, workspace);
    }

    @Override
    public CompletionStage<Plan> plan(
        SessionId session, Goal goal, Earlier earlier, Workspace workspace) {
      return Objects.requireNonNull(planners.get(session)).plan(session, goal, earlier, workspace);
    }
  }

  public long seed() {
    return seed;
  }

  /** Gives every agent of a role that is hosted from now on another skill. */
  public SwarmTestKit equip(String role, Supplier<? extends Skill> skill) {
    equipment.computeIfAbsent(new AgentRole(role), _ -> new ArrayList<>()).add(skill);
    return this;
  }

  /** Hosts another agent of a role, as {@code role-1}, {@code role-2} and so on. */
  public SwarmTestKit agent(String role, Supplier<? extends Agent> agent) {
    return agents(role, 1, agent);
  }

  /**
   * Hosts further agents of a role, each in what stands for a JVM of its own.
   *
   * @param agent makes one at every start of a JVM
   */
  public SwarmTestKit agents(String role, int count, Supplier<? extends Agent> agent) {
    var of = new AgentRole(role);
    for (int i = 0; i < count; i++) {
      int number = hosted.merge(of, 1, Integer::sum);
      var spec = AgentSpec.of(of, Agent.class, "of a test");
      world
          .parts()
          .jvms()
          .tell(
              new Jvms.Start(
                  new HostedAgent(
                      new AgentName(role + "-" + number),
                      spec,
                      agent,
                      equipment.getOrDefault(of, List.of()))));
    }
    settle();
    return this;
  }

  /** Opens a session, lets it run to its end, and returns it. */
  public SwarmRun run(String goal, Planner planner) {
    SwarmRun run = open(goal, planner);
    run.awaitEnd();
    return run;
  }

  /** Opens a session over an empty workspace, and has it driven. */
  public SwarmRun open(String goal, Planner planner) {
    return open(goal, planner, scratch.folder("workspace"));
  }

  /**
   * Opens a session over an empty workspace, and has it driven.
   *
   * @param timeLimit until its end, null for none
   */
  public SwarmRun open(String goal, Planner planner, @Nullable Duration timeLimit) {
    return open(goal, planner, scratch.folder("workspace"), timeLimit);
  }

  /** Opens a session over a folder, of which no manifest is made, and has it driven. */
  public SwarmRun open(String goal, Planner planner, Path workspace) {
    return open(goal, planner, workspace, null);
  }

  private SwarmRun open(
      String goal, Planner planner, Path workspace, @Nullable Duration timeLimit) {
    sessions++;
    var session = new SessionId("session-" + sessions);
    planners.put(session, planner);
    var folder = new Workspace(workspace.toString(), new ArtifactRef("0".repeat(64), 0), 0, 0);
    SessionSnapshot _ =
        ask(
            world.parts().gate().sessions(),
            replyTo ->
                new ShardingEnvelope<>(
                    session.value(),
                    new Session.Open(new Goal(goal), folder, timeLimit, null, replyTo)));
    world.drive(session);
    settle();
    return new SwarmRun(this, session);
  }

  /**
   * Says what becomes of a message between hosts and everything durable, requests and replies
   * alike: see {@link Fault}.
   */
  public <M> Fault<M> on(Class<M> message) {
    return new Fault<>(this, network, message);
  }

  /** From now on messages are lost and repeated by chance, which the seed decides. */
  public SwarmTestKit unreliable(double lost, double repeated) {
    return unreliable(lost, repeated, 0);
  }

  /**
   * From now on messages are lost, repeated, and delayed by up to half a minute, so that others
   * overtake them, by chance, which the seed decides.
   */
  public SwarmTestKit unreliable(double lost, double repeated, double delayed) {
    network.unreliable(lost, repeated, delayed);
    return this;
  }

  /** The agent fails at once, in mid-attempt if it has one; its JVM goes on. */
  public void killAgent(String agent) {
    tellJvms(new Jvms.KillAgent(new AgentName(agent)));
    settle();
  }

  /** The agent's JVM ends at once, which is noticed; another is started a moment later. */
  public void endJvm(String agent) {
    tellJvms(new Jvms.End(new AgentName(agent)));
    settle();
  }

  /** The agent's JVM goes on, but nothing passes to it or from it. */
  public void cutOff(String agent) {
    tellJvms(new Jvms.Cut(new AgentName(agent), true));
    settle();
  }

  /** Ends {@link #cutOff}. What was said meanwhile is lost. */
  public void reconnect(String agent) {
    tellJvms(new Jvms.Cut(new AgentName(agent), false));
    settle();
  }

  /** The queue of a role forgets everything. */
  public void restartQueue(String role) {
    world.parts().queues().tell(new LocalShard.Crash<>(role));
    settle();
  }

  void tellJvms(Jvms.Command what) {
    world.parts().jvms().tell(what);
  }

  World world() {
    return world;
  }

  /** What everybody in the swarm takes for the time. */
  public Instant now() {
    return world.time().instant();
  }

  /**
   * Lets time pass. Everything that is due meanwhile happens in its order, each at its moment, and
   * with all that follows from it before the next.
   */
  public void advance(Duration by) {
    Instant until = now().plus(by);
    settle();
    for (Instant next = due(until); next != null; next = due(until)) {
      world.time().passTo(next);
      settle();
    }
    world.time().passTo(until);
    settle();
  }

  private @Nullable Instant due(Instant until) {
    return world.time().next().filter(moment -> !moment.isAfter(until)).orElse(null);
  }

  /** Lets everything happen that can happen without time passing. */
  public void settle() {
    uninterrupted(() -> {
      turns.settle();
      return true;
    });
  }

  /**
   * Lets things happen, and time pass from one event to the next, until something is so; a day at
   * most. While an agent's own thread computes, no time passes; while it waits, it does.
   *
   * @param what is awaited, in words, for the report of a failure
   */
  public void await(String what, BooleanSupplier so) {
    Instant latest = now().plus(LONGEST);
    settle();
    while (!so.getAsBoolean()) {
      if (!workMoves(what)) {
        Optional<Instant> next = world.time().next();
        if (next.isEmpty() || next.get().isAfter(latest)) {
          throw failure(what, "nothing brings it within " + LONGEST);
        }
        world.time().passTo(next.get());
      }
      settle();
    }
  }

  /** Whether something came of work that blocks; if all of it waits, time may pass. */
  private boolean workMoves(String what) {
    if (!turns.someoneWorks()) {
      return false;
    }
    return switch (uninterrupted(() -> turns.awaitWork(PATIENCE, GRACE))) {
      case MOVED -> true;
      case WAITING -> false;
      case COMPUTING -> throw failure(what, "an agent has computed for " + PATIENCE);
    };
  }

  private AssertionError failure(String what, String why) {
    return new AssertionError(
        "%s has not come: %s (seed %d: repeat it with -D%s=%d)"
            .formatted(what, why, seed, SEED, seed));
  }

  /** Does something when so much time has passed. */
  public void after(Duration delay, Runnable what) {
    Cancellable _ =
        world.system().scheduler().scheduleOnce(delay, what, world.system().executionContext());
  }

  /** Talks and listens to the swarm, as its control node would. */
  public MessageBus bus() {
    return world.parts().bus();
  }

  /** Hears a channel from now on, a durable one from its beginning. */
  public ChannelLog listen(Channel channel) {
    ChannelLog log = ChannelLog.open(this, channel);
    settle();
    return log;
  }

  public ArtifactStore artifacts() {
    return artifacts;
  }

  /**
   * Asks somebody in the swarm, and waits for the reply. A crash may take the question along, or
   * the reply: it is asked again then, which everybody here takes for the same question.
   */
  <Q, R> R ask(ActorRef<Q> whom, Function<ActorRef<R>, Q> question) {
    var reply = new CompletableFuture<R>();
    Runnable asking =
        () ->
            AskPattern.<Q, R>ask(whom, question::apply, ASK_TIMEOUT, world.system().scheduler())
                .thenAccept(reply::complete);
    asking.run();
    settle();
    await(
        "a reply",
        () -> {
          if (!reply.isDone()) {
            asking.run();
            settle();
          }
          return reply.isDone();
        });
    return reply.join();
  }

  private interface Interruptible<T> {
    T run() throws InterruptedException;
  }

  private static <T> T uninterrupted(Interruptible<T> action) {
    try {
      return action.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was interrupted", e);
    }
  }

  @Override
  public void close() {
    uninterrupted(() -> {
      world.end();
      return true;
    });
    scratch.close();
  }
}
