package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.GOAL;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.SESSION;
import static io.nanoswarm.session.Sample.WORKSPACE;
import static io.nanoswarm.session.Sample.plan;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.SessionFixture.DONE;
import static io.nanoswarm.session.SessionFixture.IDLE;
import static io.nanoswarm.session.SessionFixture.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.AttemptRequest.Suspend;
import io.nanoswarm.session.Session.AttemptCancelled;
import io.nanoswarm.session.Session.AttemptOver;
import io.nanoswarm.session.Session.Begun;
import io.nanoswarm.session.Session.GetSession;
import io.nanoswarm.session.Session.NotBegun;
import io.nanoswarm.session.Session.PlanRefused;
import io.nanoswarm.session.Session.PlanStored;
import io.nanoswarm.session.Session.Watch;
import io.nanoswarm.trace.TraceContext;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a session is opened, planned, watched, concluded, and read from its journal. */
@ExtendWith(LogCapturingExtension.class)
class SessionTest {
  private static final ActorTestKit kit = SessionFixture.kit();

  private final SessionFixture session = new SessionFixture(kit);

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_session_that_nobody_opened_is_absent() {
    var result = session.<SessionSnapshot>runCommand(to -> new GetSession(to));

    assertThat(result.hasNoEvents()).isTrue();
    assertThat(result.reply().state()).isEqualTo(new SessionState.Absent());
    assertThat(session.record(plan(spec(READ))).reply()).isInstanceOf(PlanRefused.class);
    assertThat(session.begin(READ)).isInstanceOf(NotBegun.class);
    assertThat(session.conclude(new Ending.Completed()).hasNoEvents()).isTrue();
  }

  @Test
  void opening_it_again_changes_nothing_and_is_answered_the_same() {
    var first = session.open();
    var again = session.open();

    assertThat(first.event()).isInstanceOf(SessionEvent.SessionOpened.class);
    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply()).isEqualTo(first.reply());
  }

  @Test
  void an_invalid_plan_is_refused_with_reasons() {
    session.open();

    var result = session.record(plan(spec(ANSWER, READ)));

    assertThat(result.hasNoEvents()).isTrue();
    assertThat(result.reply())
        .isEqualTo(
            new PlanRefused(
                List.of("task goal-1/answer comes after goal-1/read, which is not in the plan")));
  }

  @Test
  void the_first_plan_stands() {
    session.opened(spec(READ));

    var again = session.record(plan(spec(ANSWER)));

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply())
        .isInstanceOfSatisfying(
            PlanStored.class,
            stored -> assertThat(active(stored.session()).tasks()).containsOnlyKeys(READ));
  }

  @Test
  void a_task_that_nobody_could_do_is_dead_with_the_reason() {
    session.opened(spec(READ), spec(ANSWER, READ));

    session.runCommand(new Session.Abandon(READ, "no node offers gh; 1 node up"));

    assertThat(session.phase(READ))
        .isEqualTo(new TaskRecord.Dead("no node offers gh; 1 node up", NOW));
    assertThat(session.begin(ANSWER)).isInstanceOf(Begun.class);
  }

  @Test
  void a_task_that_runs_waits_or_has_ended_is_not_abandoned() {
    session.opened(spec(READ), spec(ANSWER, READ));
    var fence = session.begun(READ).fence();

    assertThat(session.runCommand(new Session.Abandon(READ, "no")).hasNoEvents()).isTrue();
    assertThat(session.runCommand(new Session.Abandon(ANSWER, "no")).hasNoEvents()).isTrue();
    session.settle(READ, fence, DONE);
    assertThat(session.runCommand(new Session.Abandon(READ, "no")).hasNoEvents()).isTrue();
  }

  @Test
  void the_conclusion_cancels_running_attempts_and_the_first_stands() {
    session.opened(spec(READ));
    var fence = session.begun(READ).fence();

    var first = session.conclude(new Ending.Cancelled("stopped"));
    var second = session.conclude(new Ending.Completed());

    assertThat(session.host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its session is over"));
    assertThat(second.hasNoEvents()).isTrue();
    assertThat(second.reply()).isEqualTo(first.reply());
    assertThat(first.reply().running()).isEmpty();
    assertThat(session.settle(READ, fence, DONE)).isInstanceOf(AttemptOver.class);
    assertThat(session.begin(READ)).isEqualTo(new NotBegun(READ, 0, "its session is over"));
  }

  @Test
  void a_session_is_not_called_complete_or_partial_while_a_task_has_not_ended() {
    session.opened(spec(READ), spec(ANSWER, READ));

    assertThat(session.conclude(new Ending.Completed()).hasNoEvents()).isTrue();
    assertThat(session.conclude(new Ending.Partial(List.of("read"))).hasNoEvents()).isTrue();
    assertThat(session.conclude(new Ending.Failed("no agents")).reply().state())
        .isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void a_session_that_has_a_plan_does_not_end_for_want_of_one() {
    session.open();
    session.record(plan(spec(READ)));

    assertThat(session.concludeUnplanned().hasNoEvents()).isTrue();

    session.restart();
    assertThat(session.concludeUnplanned().hasNoEvents()).isTrue();
  }

  @Test
  void a_session_without_a_plan_ends_for_want_of_one() {
    session.open();

    assertThat(session.concludeUnplanned().reply().state())
        .isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void watchers_hear_everything_at_once_and_then_every_change() {
    session.opened(spec(READ));
    var watcher = kit.<SessionUpdate>createTestProbe();
    session.runCommand(new Watch(watcher.ref()));
    assertThat(watcher.receiveMessage())
        .isEqualTo(new SessionUpdate(session.snapshot(), List.of(), null));

    var fence = session.begun(READ).fence();
    var began = watcher.receiveMessage();
    session.settle(READ, fence, DONE);
    var settled = watcher.receiveMessage();

    assertThat(began.began()).isEqualTo(Sample.attempt(READ, 1));
    assertThat(began.stored()).containsExactly(new SessionEvent.EpochStarted(session.now, 1));
    assertThat(settled.stored())
        .containsExactly(
            new SessionEvent.TaskSettled(session.now, READ, fence, AGENT, session.now, DONE));
    assertThat(settled.now()).isEqualTo(session.snapshot());
  }

  @Test
  void an_idle_session_leaves_memory_unless_it_is_watched_or_an_attempt_runs() {
    session.opened(spec(READ));
    session.pass(IDLE);
    session.shard.expectMessageClass(ClusterSharding.Passivate.class);

    var watcher = session.watch();
    session.pass(IDLE);
    session.snapshot();
    session.shard.expectNoMessage();

    watcher.stop();
    session.runCommand(new Session.WatcherStopped(watcher.ref()));
    var fence = session.begun(READ).fence();
    session.pass(IDLE);
    session.snapshot();
    session.shard.expectNoMessage();

    session.settle(READ, fence, DONE);
    session.pass(IDLE);
    session.shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void everything_stored_is_there_after_recovery_from_snapshot_and_journal() {
    session.opened(spec(READ), spec(ANSWER, READ));
    session.settle(READ, session.begun(READ), new Outcome.Failed("once", true));
    session.settle(READ, session.begun(READ), DONE);
    session.attempt(
        ANSWER,
        session.begun(ANSWER).fence(),
        new Suspend("c", new Wait.ForPerson("why?"), List.of(spec(ANSWER.child("part")))));
    var before = session.entity.getState();

    assertThat(session.entity.snapshotTestKit().orElseThrow().persistedInStorage("session|goal-1"))
        .isNotEmpty();
    assertThat(session.restart().state()).isEqualTo(before);
  }

  @Test
  void what_a_session_is_traced_as_is_stored_and_told_to_its_attempts_and_its_followers() {
    var trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    var awake = kit.<SessionAwake>createTestProbe();
    kit.system().eventStream().tell(new EventStream.Subscribe<>(SessionAwake.class, awake.ref()));

    session.<SessionSnapshot>runCommand(
        to -> new Session.Open(GOAL, WORKSPACE, null, null, trace, null, to));
    assertThat(session.record(plan(spec(READ))).reply()).isInstanceOf(PlanStored.class);

    assertThat(session.begun(READ).trace()).isEqualTo(trace);
    assertThat(awake.receiveMessage())
        .isEqualTo(new SessionAwake(SESSION, new SessionTrace(SESSION, trace), session.ref));
    session.restart();
    assertThat(awake.receiveMessage())
        .isEqualTo(new SessionAwake(SESSION, new SessionTrace(SESSION, trace), session.ref));
    assertThat(session.begun(READ).trace()).isEqualTo(trace);
  }
}
