package io.nanoswarm.orchestrator;

import static io.nanoswarm.orchestrator.Story.AGENT;
import static io.nanoswarm.orchestrator.Story.ANSWER;
import static io.nanoswarm.orchestrator.Story.DONE;
import static io.nanoswarm.orchestrator.Story.NOW;
import static io.nanoswarm.orchestrator.Story.READ;
import static io.nanoswarm.orchestrator.Story.ROLE;
import static io.nanoswarm.orchestrator.Story.SESSION;
import static io.nanoswarm.orchestrator.Story.fence;
import static io.nanoswarm.orchestrator.Story.planned;
import static io.nanoswarm.orchestrator.Story.running;
import static io.nanoswarm.orchestrator.Story.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.supervisor.DesiredAgent;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.SlotView;
import io.nanoswarm.supervisor.Supervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/** An orchestrator whose session, blackboard, queue and mirror are played by the test. */
final class OrchestratorFixture implements AutoCloseable {
  static final Duration OFFER_AGAIN = Duration.ofSeconds(5);
  static final Duration MIRROR_GRACE = Duration.ofSeconds(12);

  final ManualTime time;
  final TestProbe<ShardingEnvelope<Session.Command>> sessions;
  final TestProbe<ShardingEnvelope<TaskQueue.Command>> queues;
  final TestProbe<ShardingEnvelope<Blackboard.Command>> boards;
  final TestProbe<SessionDirectory.Command> directory;
  final TestProbe<Supervisor.Command> supervisor;
  final TestProbe<Mirror.Command> mirror;

  /** What the planner comes to, and how often it was asked. */
  volatile CompletableFuture<Plan> plan = new CompletableFuture<>();

  final AtomicInteger asked = new AtomicInteger();

  /** What no node has of what a task needs. */
  volatile List<Need> lacking = List.of();

  Instant now = NOW;

  /** As the session has it stored. */
  SessionState state = planned();

  ActorRef<SessionUpdate> watcher;
  private final ActorTestKit kit;
  private ActorRef<Orchestrator.Command> ref;

  /** For all orchestrators of a test class, in time that a test moves. */
  static ActorTestKit kit() {
    return ActorTestKit.create("drive", ManualTime.config());
  }

  OrchestratorFixture(ActorTestKit kit) {
    this.kit = kit;
    time = ManualTime.get(kit.system());
    sessions = kit.createTestProbe();
    queues = kit.createTestProbe();
    boards = kit.createTestProbe();
    directory = kit.createTestProbe();
    supervisor = kit.createTestProbe();
    mirror = kit.createTestProbe();
  }

  void start() {
    var system = kit.system();
    var gate =
        new Gate(
            sessions.ref(),
            boards.ref(),
            system.ignoreRef(),
            queues.ref(),
            system.ignoreRef(),
            system.ignoreRef(),
            system.ignoreRef());
    ref =
        kit.spawn(
            Orchestrator.create(
                SESSION,
                new OrchestratorLinks(
                    gate,
                    directory.ref(),
                    nodes(),
                    (_, _, _) -> {
                      asked.incrementAndGet();
                      return plan;
                    },
                    _ -> Behaviors.monitor(Mirror.Command.class, mirror.ref(), Behaviors.ignore()),
                    new OrchestratorSettings(OFFER_AGAIN, MIRROR_GRACE),
                    () -> now)));
    watcher = told(Session.Watch.class).watcher();
  }

  /** Nodes that lack what the test says; the supervisor is asked for all the rest. */
  private ActorRef<Supervisor.Command> nodes() {
    return kit.spawn(
        Behaviors.receiveMessage(message -> {
          if (message instanceof Supervisor.Place(_, var needs, var replyTo)) {
            replyTo.tell(new Placed(needs, lacking, 2));
          } else {
            supervisor.ref().tell(message);
          }
          return Behaviors.same();
        }));
  }

  void update(SessionEvent... events) {
    for (SessionEvent event : events) {
      state = state.apply(event);
    }
    watcher.tell(new SessionUpdate(snapshot(state), List.of(events), null));
  }

  void began() {
    var running = running(READ, 1);
    watcher.tell(
        new SessionUpdate(
            new SessionSnapshot(SESSION, state, Map.of(READ, running)), List.of(), running));
  }

  /** Settles both tasks, and takes what the blackboard is told of it. */
  void finish(Outcome answer) {
    update();
    update(settled(READ, 1, DONE));
    ended();
    update(settled(ANSWER, 2, answer));
    ended();
  }

  static SessionSnapshot snapshot(SessionState state) {
    return new SessionSnapshot(SESSION, state, Map.of());
  }

  static Blackboard.Entries answer(long revision) {
    var draft = Draft.of(EntryPath.in(Section.FINAL, "answer"), "# Twice");
    return new Blackboard.Entries(
        List.of(new Entry(revision, draft, new Author.Agent(AGENT, ANSWER, fence(2)), NOW, false)),
        revision,
        null);
  }

  static SlotView gaveUp(String name) {
    var spec = AgentSpec.of(Story.ROLE, Agent.class, "an agent");
    var agent = new DesiredAgent(new AgentName(name), spec, Isolation.PROCESS);
    return new SlotView(
        agent, new SlotView.GaveUp(), new SlotView.Jvm(null, null, null, null), 8, "out of memory");
  }

  void pass(Duration duration) {
    now = now.plus(duration);
    time.timePasses(duration);
  }

  void passUntilWatch() {
    pass(OFFER_AGAIN);
    told(Session.Watch.class);
  }

  /** What the session is told next; watching again left out. */
  Ending conclusion() {
    while (true) {
      if (sessions.receiveMessage().message() instanceof Session.Conclude conclude) {
        return conclude.ending();
      }
    }
  }

  <C extends Session.Command> C told(Class<C> expected) {
    return expected.cast(sessions.receiveMessage().message());
  }

  /**
   * What the blackboard is told next; the context, which every orchestrator posts once, left out.
   */
  <C extends Blackboard.Command> C board(Class<C> expected) {
    while (true) {
      var next = boards.receiveMessage().message();
      if (!(next instanceof Blackboard.Post) || expected == Blackboard.Post.class) {
        return expected.cast(next);
      }
    }
  }

  <C extends TaskQueue.Command> C queue(Class<C> expected) {
    var envelope = queues.receiveMessage();
    assertThat(envelope.entityId()).isEqualTo(ROLE.value());
    return expected.cast(envelope.message());
  }

  TaskId offered() {
    var offer = queue(TaskQueue.Offer.class);
    assertThat(offer.priority()).isEqualTo(Priority.HIGH);
    return offer.task();
  }

  String ended() {
    var end = board(Blackboard.EndAttempt.class);
    return "%s %s %s".formatted(end.task(), end.fence(), end.settled());
  }

  void expectStopped() {
    directory.expectTerminated(ref);
  }

  @Override
  public void close() {
    kit.stop(ref);
  }
}
