package io.nanoswarm.supervisor;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.supervisor.ScriptedLauncher.ScriptedProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.typed.ClusterCommand;
import org.apache.pekko.stream.javadsl.Source;

/** A supervision tree over scripted processes, in time that a test moves. */
final class SupervisorFixture implements AutoCloseable {
  static final Duration ADOPT = Duration.ofSeconds(60);
  static final AgentSpec.Restarts TWICE =
      new AgentSpec.Restarts(
          2, Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofSeconds(10));
  static final Offers OFFERS =
      new Offers(Map.of("jq", ""), Map.of(), Set.of(), "linux", 4096, 2, Set.of());
  static final AgentSpec RESEARCHER = spec("researcher");

  final ActorTestKit kit = ActorTestKit.create("supervisor", ManualTime.config());
  final ManualTime time = ManualTime.get(kit.system());
  final ScriptedLauncher launcher = new ScriptedLauncher();
  final TestProbe<ClusterCommand> cluster = kit.createTestProbe("cluster");
  final TestProbe<ShardingEnvelope<TaskQueue.Command>> queues = kit.createTestProbe("queues");
  final TestProbe<String> news = kit.createTestProbe("news", String.class);
  final TestProbe<Worker.Command> worker = kit.createTestProbe("worker", Worker.Command.class);
  final ActorRef<Machine.Command> machine;
  ActorRef<Supervisor.Command> supervisor;
  private final SupervisorSettings settings;

  /** As a cluster singleton has one: its messages go to the supervisor of the moment. */
  private final ActorRef<Supervisor.Command> proxy;

  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  SupervisorFixture(int startsAtOnce) {
    var seconds = Duration.ofSeconds(1);
    settings =
        new SupervisorSettings(
            100,
            startsAtOnce,
            256,
            0,
            new SupervisorSettings.Deadlines(
                seconds.multipliedBy(10),
                seconds.multipliedBy(60),
                seconds.multipliedBy(15),
                seconds.multipliedBy(5),
                ADOPT));
    supervisor = supervisor(Set.of());
    proxy =
        kit.spawn(
            Behaviors.receiveMessage(message -> {
              supervisor.tell(message);
              return Behaviors.same();
            }));
    machine = machine(1);
    awaitOffers();
  }

  private ActorRef<Supervisor.Command> supervisor(Set<String> members) {
    return kit.spawn(Supervisor.create(surroundings(members, false)));
  }

  /** What a slot is given that is on its own. */
  Surroundings surroundings() {
    return surroundings(Set.of(), false);
  }

  private Surroundings surroundings(Set<String> members, boolean othersMayJoin) {
    InstantSource clock = () -> now;
    return new Surroundings(
        () -> members, othersMayJoin, gate(), bus(), settings, clock, new Random(1));
  }

  /** All control nodes are started again, those of the machines that are left not yet. */
  void startAgain() {
    var before = supervisor;
    supervisor = kit.spawn(Supervisor.create(surroundings(Set.of(), true)));
    kit.stop(before);
    pass(Duration.ofSeconds(2));
  }

  /**
   * The supervisor's node dies, and another one starts elsewhere.
   *
   * @param members the nodes with a machine that are members then
   */
  ActorRef<Supervisor.Command> moveSupervisor(Set<String> members) {
    var before = supervisor;
    supervisor = supervisor(members);
    kit.stop(before);
    pass(Duration.ofSeconds(2));
    return supervisor;
  }

  /** Starts the machine of another node, by its port. */
  ActorRef<Machine.Command> machine(int port) {
    return machine(port, OFFERS);
  }

  ActorRef<Machine.Command> machine(int port, Offers offers) {
    return kit.spawn(
        Machine.create(
            new Machine.Means(
                launcher,
                _ -> CompletableFuture.completedStage(offers),
                new Membership(new Address("pekko", "nanoswarm", "127.0.0.1", port), cluster.ref()),
                gate(),
                proxy,
                settings,
                new Random(port))));
  }

  /** A worker that says hello earlier hears twice what its machine offers. */
  private void awaitOffers() {
    var known = kit.createTestProbe(MachinesView.class);
    known.awaitAssert(() -> {
      supervisor.tell(new Supervisor.GetMachines(known.ref()));
      var offers = known.receiveMessage().machines().stream().map(MachinesView.MachineView::offers);
      if (offers.noneMatch(OFFERS::equals)) {
        throw new AssertionError("no machine has looked what it offers");
      }
      return true;
    });
  }

  static AgentSpec spec(String role) {
    return AgentSpec.of(new AgentRole(role), Agent.class, "an agent").withRestarts(TWICE);
  }

  private Gate gate() {
    var system = kit.system();
    return new Gate(
        system.ignoreRef(),
        system.ignoreRef(),
        system.ignoreRef(),
        queues.ref(),
        system.ignoreRef(),
        system.ignoreRef(),
        system.ignoreRef());
  }

  private MessageBus bus() {
    return new MessageBus() {
      @Override
      public CompletionStage<Void> publish(Channel channel, String text) {
        news.ref().tell(text);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public void subscribe(Channel channel, long after, ActorRef<BusMessage> subscriber) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Source<BusMessage, NotUsed> subscribe(Channel channel, long after) {
        throw new UnsupportedOperationException();
      }
    };
  }

  void pass(Duration duration) {
    now = now.plus(duration);
    time.timePasses(duration);
  }

  Supervisor.EnsureReply ensure(AgentSpec spec, int count, Isolation isolation) {
    var replies = kit.createTestProbe(Supervisor.EnsureReply.class);
    supervisor.tell(new Supervisor.Ensure(spec, count, isolation, replies.ref()));
    return replies.receiveMessage();
  }

  /** Says hello for the process, and answers what its worker is asked to host. */
  void bringUp(ScriptedProcess process, int agents) {
    hello(process);
    for (int i = 0; i < agents; i++) {
      var host = worker.expectMessageClass(Worker.Host.class);
      machine.tell(new Machine.Hosted(process.order().worker(), host.agent()));
    }
  }

  void hello(ScriptedProcess process) {
    var guardian =
        kit.spawn(Behaviors.monitor(Worker.Command.class, worker.ref(), Behaviors.ignore()));
    machine.tell(new Machine.Hello(process.order().worker(), guardian, address(process)));
    worker.expectMessage(new Worker.Offering(OFFERS));
  }

  static Address address(ScriptedProcess process) {
    return new Address("pekko", "nanoswarm", "127.0.0.1", (int) process.pid());
  }

  /** Waits until the tree looks as it should. */
  SupervisorView await(Predicate<SupervisorView> expected) {
    var views = kit.createTestProbe(SupervisorView.class);
    return views.awaitAssert(() -> {
      supervisor.tell(new Supervisor.GetAgents(views.ref()));
      var view = views.receiveMessage();
      if (!expected.test(view)) {
        throw new AssertionError("not as expected: " + view);
      }
      return view;
    });
  }

  SlotView await(int slot, Class<? extends SlotView.State> state) {
    return await(view -> state.isInstance(view.slots().get(slot).state())).slots().get(slot);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
