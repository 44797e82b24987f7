package io.nanoswarm.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.agent.Agent.Perform;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.AttemptRequest.Renew;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.stream.javadsl.Source;

/** A host whose control nodes, and whose agent, are played by the test. */
final class AgentHostFixture implements AutoCloseable {
  static final SessionId SESSION = new SessionId("goal-1");
  static final TaskId TASK = TaskId.of(SESSION, "read");
  static final TaskId BEFORE = TaskId.of(SESSION, "before");
  static final TaskId OTHER = TaskId.of(SESSION, "other");
  static final TaskId ELSEWHERE = TaskId.of(new SessionId("goal-9"), "read");
  static final AgentName NAME = new AgentName("researcher-1");
  static final WorkerId WORKER = new WorkerId("researcher-1-w1");
  static final AgentRole ROLE = new AgentRole("researcher");
  static final Duration SEND_AGAIN = Duration.ofSeconds(3);
  static final Duration GRACE = Duration.ofSeconds(5);
  static final Duration SAY = Duration.ofMillis(150);
  static final Duration LEASE = Duration.ofSeconds(15);
  static final Duration RENEW_WATCH = Duration.ofSeconds(10);
  static final Channel NEWS = Channel.durable("news");
  static final Outcome DONE = new Outcome.Completed("done");
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  final TestProbe<ShardingEnvelope<Session.Command>> sessions;
  final TestProbe<ShardingEnvelope<TaskQueue.Command>> queues;
  final TestProbe<ShardingEnvelope<Blackboard.Command>> boards;
  final TestProbe<Agent.Message> agent;
  final TestProbe<String> news;
  final TestProbe<Hearing> hearings;
  final TestProbe<Entry> watched;

  /** Where the session of the attempt that began latest tells that it is over. */
  ActorRef<Session.AttemptCancelled> cancellations;

  volatile Instant now = NOW;
  private final ActorTestKit kit;
  private final Path folder;
  private ActorRef<AgentHost.Command> ref;

  /** The subscription of a host to a channel. */
  record Hearing(Channel channel, long after, ActorRef<BusMessage> subscriber) {}

  /** For all hosts of a test class: timers fire when a test says that time has passed. */
  static ActorTestKit kit() {
    return ActorTestKit.create("host", ManualTime.config());
  }

  /**
   * @param folder for artifacts, and for the agent to work in
   */
  AgentHostFixture(ActorTestKit kit, Path folder) {
    this.kit = kit;
    this.folder = folder;
    sessions = kit.createTestProbe();
    queues = kit.createTestProbe();
    boards = kit.createTestProbe();
    agent = kit.createTestProbe();
    news = kit.createTestProbe();
    hearings = kit.createTestProbe();
    watched = kit.createTestProbe();
  }

  /** Starts the host, with an agent that tells a probe what it is told. */
  void start() {
    start(this::told);
  }

  private Behavior<Agent.Message> told() {
    return Behaviors.receiveMessage(message -> {
      agent.ref().tell(message);
      return Behaviors.same();
    });
  }

  void start(Agent hosted) {
    var ignored = kit.system();
    var gate =
        new Gate(
            sessions.ref(),
            boards.ref(),
            ignored.ignoreRef(),
            queues.ref(),
            ignored.ignoreRef(),
            ignored.ignoreRef(),
            ignored.ignoreRef());
    var settings =
        new AgentHostSettings(SEND_AGAIN, GRACE, SAY, Duration.ofSeconds(15), RENEW_WATCH);
    var links =
        new HostLinks(
            gate,
            bus(),
            new FileArtifactStore(folder),
            folder,
            settings,
            kit.scheduler(),
            () -> now);
    var spec = AgentSpec.of(ROLE, Agent.class, "an agent");
    ref =
        kit.spawn(
            AgentHost.create(NAME, WORKER, spec, hosted, new SkillRegistry(List.of()), links));
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
        hearings.ref().tell(new Hearing(channel, after, subscriber));
      }

      @Override
      public Source<BusMessage, NotUsed> subscribe(Channel channel, long after) {
        throw new UnsupportedOperationException();
      }
    };
  }

  void tell(AgentHost.Command command) {
    ref.tell(command);
  }

  void expectStopped() {
    agent.expectTerminated(ref);
  }

  /** Lets time pass for timers; the clock that tells what time it is stands. */
  void pass(Duration duration) {
    ManualTime.get(kit.system()).timePasses(duration);
  }

  TaskQueue.Claim claim() {
    var envelope = queues.receiveMessage();
    assertThat(envelope.entityId()).isEqualTo(ROLE.value());
    return (TaskQueue.Claim) envelope.message();
  }

  TaskQueue.Unclaim unclaim() {
    var unclaim = (TaskQueue.Unclaim) queues.receiveMessage().message();
    assertThat(unclaim.agent()).isEqualTo(NAME);
    assertThat(unclaim.worker()).isEqualTo(WORKER);
    return unclaim;
  }

  static void answer(TaskQueue.Unclaim unclaim) {
    unclaim.replyTo().tell(new TaskQueue.Unclaimed(unclaim.claimId()));
  }

  /** A queue that had a task has asked its session, which grants the attempt. */
  static void grant(TaskQueue.Claim claim, TaskId task, long counter) {
    claim.beginnings().tell(new Session.Begun(task, claim.claimId(), assignment(counter), 0));
  }

  static void grant(Session.Begin begin, long counter) {
    begin.replyTo().tell(new Session.Begun(begin.task(), begin.claim(), assignment(counter), 0));
  }

  long match() {
    var claim = claim();
    claim.host().tell(new TaskQueue.Match(claim.claimId(), TASK));
    return claim.claimId();
  }

  Session.Begin begin() {
    var envelope = sessions.receiveMessage();
    assertThat(envelope.entityId()).isEqualTo(SESSION.value());
    var begin = (Session.Begin) envelope.message();
    cancellations = begin.host();
    return begin;
  }

  /** Brings the host to where its agent has been told to perform, as told by a probe. */
  Perform performing(long counter) {
    match();
    var begin = begin();
    grant(begin, counter);
    return agent.expectMessageClass(Perform.class);
  }

  /** Brings the host to where it waits for an outcome to be stored. */
  void settling() {
    performing(1).swarm().settle(DONE);
  }

  void cancel() {
    cancellations.tell(new Session.AttemptCancelled(TASK, fence(99), "of another attempt"));
    cancellations.tell(new Session.AttemptCancelled(TASK, fence(1), "its time is up"));
  }

  /** Returns when the host has handled what it was told before: a word from an old attempt. */
  void settleDown() {
    var done = new CompletableFuture<Void>();
    ref.tell(new AgentHost.End(new AttemptId(TASK, fence(77)), new Renew(), done));
    assertThatThrownBy(() -> done.get(10, TimeUnit.SECONDS)).hasMessageContaining("over");
  }

  Session.OfAttempt request() {
    return (Session.OfAttempt) sessions.receiveMessage().message();
  }

  Session.OfAttempt request(AttemptRequest expected) {
    var request = request();
    assertThat(request.request()).isEqualTo(expected);
    assertThat(request.task()).isEqualTo(TASK);
    return request;
  }

  CompletionStage<Done> watch(Perform perform, long after) {
    return perform
        .swarm()
        .blackboard()
        .watch(Set.of(Section.FINDINGS), after)
        .runForeach(watched.ref()::tell, kit.system());
  }

  Blackboard.Subscribe subscription() {
    return (Blackboard.Subscribe) boards.receiveMessage().message();
  }

  static void accept(Session.OfAttempt request) {
    request.replyTo().tell(new Session.Accepted(request.task(), request.fence()));
  }

  static Fence fence(long counter) {
    return new Fence(1, counter);
  }

  static Assignment assignment(long counter) {
    return assignment(counter, null, null);
  }

  static Assignment assignment(long counter, String checkpoint, AgentRole handedOffBy) {
    var spec =
        TaskSpec.of(TASK, ROLE, "Read").withInstructions("read it").withAfter(List.of(BEFORE));
    return new Assignment(
        spec,
        new Goal("How are amounts rounded?"),
        Earlier.NONE,
        new Workspace("/shop", new ArtifactRef("0123456789abcdef".repeat(4), 1), 1, 1),
        fence(counter),
        1,
        LEASE,
        NOW.plusSeconds(600),
        List.of(new Assignment.TaskResult(BEFORE, "Before", fence(2), DONE)),
        checkpoint,
        null,
        handedOffBy,
        null);
  }

  static Draft draft(String name) {
    return Draft.of(EntryPath.in(Section.FINDINGS, name), "# " + name);
  }

  static Entry entry(long revision, String name, Author author) {
    return new Entry(revision, draft(name), author, NOW, false);
  }

  @Override
  public void close() {
    kit.stop(ref);
  }
}
