package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.GOAL;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.SESSION;
import static io.nanoswarm.session.Sample.WORKER;
import static io.nanoswarm.session.Sample.WORKSPACE;
import static io.nanoswarm.session.Sample.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.AttemptRequest.Suspend;
import io.nanoswarm.session.Session.Accepted;
import io.nanoswarm.session.Session.Answer;
import io.nanoswarm.session.Session.AttemptCancelled;
import io.nanoswarm.session.Session.AttemptReply;
import io.nanoswarm.session.Session.Begin;
import io.nanoswarm.session.Session.BeginReply;
import io.nanoswarm.session.Session.Begun;
import io.nanoswarm.session.Session.Command;
import io.nanoswarm.session.Session.Conclude;
import io.nanoswarm.session.Session.GetSession;
import io.nanoswarm.session.Session.OfAttempt;
import io.nanoswarm.session.Session.PlanReply;
import io.nanoswarm.session.Session.PlanStored;
import io.nanoswarm.session.Session.RecordPlan;
import io.nanoswarm.session.Session.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;

/** A session before probes, with a journal in memory, in time that a test moves. */
final class SessionFixture {
  static final Duration LEASE = Duration.ofSeconds(15);
  static final Duration IDLE = LEASE.minusSeconds(5);
  static final Outcome DONE = new Outcome.Completed("done");

  final ManualTime time;
  final TestProbe<ClusterSharding.ShardCommand> shard;
  final TestProbe<AttemptCancelled> host;
  final EventSourcedBehaviorTestKit<Command, SessionEvent, SessionState> entity;
  volatile ActorRef<Command> ref;
  Instant now = NOW;
  private final ActorTestKit kit;

  /** For all sessions of a test class, in time that a test moves. */
  static ActorTestKit kit() {
    return ActorTestKit.create(
        ManualTime.config()
            .withFallback(ConfigFactory.parseResources("swarm-serialization.conf"))
            .withFallback(ConfigFactory.parseResources("layers/local.conf"))
            .withFallback(EventSourcedBehaviorTestKit.config())
            .withFallback(ConfigFactory.load()));
  }

  SessionFixture(ActorTestKit kit) {
    this.kit = kit;
    time = ManualTime.get(kit.system());
    shard = kit.createTestProbe();
    host = kit.createTestProbe();
    entity =
        EventSourcedBehaviorTestKit.create(
            kit.system(),
            Behaviors.setup(context -> {
              ref = context.getSelf();
              return Session.create(
                  SESSION,
                  new SessionSettings(LEASE, Duration.ZERO, IDLE, 3, 2),
                  () -> now,
                  shard.ref());
            }),
            EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));
    entity.clear();
  }

  EventSourcedBehaviorTestKit.CommandResult<Command, SessionEvent, SessionState> runCommand(
      Command command) {
    return entity.runCommand(command);
  }

  <R>
      EventSourcedBehaviorTestKit.CommandResultWithReply<Command, SessionEvent, SessionState, R>
          runCommand(Function<ActorRef<R>, Command> command) {
    return entity.runCommand(command::apply);
  }

  EventSourcedBehaviorTestKit.RestartResult<SessionState> restart() {
    return entity.restart();
  }

  void opened(TaskSpec... tasks) {
    open();
    assertThat(record(plan(tasks)).reply()).isInstanceOf(PlanStored.class);
  }

  EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, SessionSnapshot>
      open() {
    return runCommand(to -> new Session.Open(GOAL, WORKSPACE, Duration.ofMinutes(30), null, to));
  }

  EventSourcedBehaviorTestKit.CommandResultWithReply<Command, SessionEvent, SessionState, PlanReply>
      record(Plan plan) {
    return runCommand(to -> new RecordPlan(plan, to));
  }

  Begin begin(TaskId task, long claim, TestProbe<BeginReply> beginnings) {
    return new Begin(task, AGENT, WORKER, claim, host.ref(), beginnings.ref());
  }

  BeginReply begin(TaskId task) {
    return begin(task, AGENT, WORKER);
  }

  BeginReply begin(TaskId task, AgentName agent, WorkerId worker) {
    return this.<BeginReply>runCommand(to -> new Begin(task, agent, worker, host.ref(), to))
        .reply();
  }

  BeginReply results(TaskId task, Fence fence, int from) {
    return this.<BeginReply>runCommand(to -> new Session.GetResults(task, fence, from, to)).reply();
  }

  Assignment begunBy(int agent, TaskId task) {
    var name = new AgentName("researcher-" + agent);
    return ((Begun) begin(task, name, new WorkerId(name + "-w1"))).assignment();
  }

  Assignment begun(TaskId task) {
    return ((Begun) begin(task)).assignment();
  }

  EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, AttemptReply>
      attempt(TaskId task, Fence fence, AttemptRequest request) {
    return runCommand(to -> new OfAttempt(task, fence, request, to));
  }

  AttemptReply settle(TaskId task, Fence fence, Outcome outcome) {
    return attempt(task, fence, new Settle(outcome)).reply();
  }

  void settle(TaskId task, Assignment assignment, Outcome outcome) {
    assertThat(settle(task, assignment.fence(), outcome)).isInstanceOf(Accepted.class);
  }

  Fence ask(String question) {
    var fence = begun(READ).fence();
    attempt(READ, fence, new Suspend("c", new Wait.ForPerson(question), List.of()));
    return fence;
  }

  EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, SessionSnapshot>
      answer(Fence askedBy, String reply) {
    return runCommand(to -> new Answer(READ, askedBy, reply, to));
  }

  void suspendUntil(Instant moment) {
    attempt(READ, begun(READ).fence(), new Suspend("c", new Wait.ForTime(moment), List.of()));
  }

  EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, SessionSnapshot>
      conclude(Ending ending) {
    return runCommand(to -> new Conclude(1, ending, to));
  }

  EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, SessionSnapshot>
      concludeUnplanned() {
    return runCommand(to -> new Conclude(1, new Ending.Failed("no plan"), true, to));
  }

  EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, Session.WishReply>
      wish(Function<ActorRef<Session.WishReply>, Command> wish) {
    return runCommand(wish);
  }

  TestProbe<SessionUpdate> watch() {
    var watcher = kit.<SessionUpdate>createTestProbe();
    runCommand(new Watch(watcher.ref()));
    watcher.receiveMessage();
    return watcher;
  }

  SessionSnapshot snapshot() {
    return this.<SessionSnapshot>runCommand(to -> new GetSession(to)).reply();
  }

  static SessionState.Active active(SessionSnapshot snapshot) {
    return snapshot.active().orElseThrow();
  }

  TaskRecord.Phase phase(TaskId task) {
    return active(snapshot()).task(task).orElseThrow().phase();
  }

  void pass(Duration duration) {
    now = now.plus(duration);
    time.timePasses(duration);
  }
}
