package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.WORKER;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.SessionFixture.DONE;
import static io.nanoswarm.session.SessionFixture.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AttemptRequest.HandOff;
import io.nanoswarm.session.AttemptRequest.Release;
import io.nanoswarm.session.AttemptRequest.Renew;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.AttemptRequest.Suspend;
import io.nanoswarm.session.AttemptStep.What;
import io.nanoswarm.session.Session.Accepted;
import io.nanoswarm.session.Session.AttemptCancelled;
import io.nanoswarm.session.Session.AttemptOver;
import io.nanoswarm.session.Session.HostLost;
import io.nanoswarm.session.Session.NotBegun;
import io.nanoswarm.session.Session.Renewed;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How attempts end: with an outcome, once; cut off; or with what they ran in. */
@ExtendWith(LogCapturingExtension.class)
class SessionOutcomeTest {
  private static final ActorTestKit kit = SessionFixture.kit();

  private final SessionFixture session = new SessionFixture(kit);

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_task_is_settled_at_most_once() {
    session.opened(spec(READ), spec(ANSWER));
    var fence = session.begun(READ).fence();
    session.settle(READ, fence, DONE);

    var again = session.attempt(READ, fence, new Settle(new Outcome.Failed("no", false)));

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(session.begin(READ)).isInstanceOf(NotBegun.class);
    assertThat(session.phase(READ))
        .isInstanceOfSatisfying(
            TaskRecord.Settled.class, settled -> assertThat(settled.outcome()).isEqualTo(DONE));
  }

  @Test
  void settle_again_with_the_same_fence_is_answered_the_same() {
    session.opened(spec(READ), spec(ANSWER));
    var fence = session.begun(READ).fence();

    assertThat(session.settle(READ, fence, DONE)).isEqualTo(new Accepted(READ, fence));
    assertThat(session.settle(READ, fence, DONE)).isEqualTo(new Accepted(READ, fence));
    session.restart();
    assertThat(session.settle(READ, fence, DONE)).isEqualTo(new Accepted(READ, fence));
    session.conclude(new Ending.Completed());
    assertThat(session.settle(READ, fence, DONE)).isEqualTo(new Accepted(READ, fence));
  }

  @Test
  void a_late_settle_with_an_old_fence_is_refused() {
    session.opened(spec(READ));
    var old = session.begun(READ).fence();
    session.runCommand(new HostLost(READ, WORKER, "its worker died"));
    var current = session.begun(READ).fence();

    var late = session.attempt(READ, old, new Settle(DONE));

    assertThat(old.isOlderThan(current)).isTrue();
    assertThat(late.hasNoEvents()).isTrue();
    assertThat(late.reply()).isInstanceOf(AttemptOver.class);
    assertThat(session.settle(READ, current, DONE)).isInstanceOf(Accepted.class);
    assertThat(session.settle(READ, old, DONE)).isInstanceOf(AttemptOver.class);
  }

  @Test
  void fences_grow_over_all_incarnations() {
    session.opened(spec(READ), spec(ANSWER));
    var first = session.begun(READ).fence();
    var second = session.begunBy(2, ANSWER).fence();

    session.restart();
    var third = session.begun(READ).fence();
    session.restart();
    session.restart();
    var fourth = session.begun(READ).fence();

    assertThat(List.of(first, second, third, fourth)).isSorted().doesNotHaveDuplicates();
    assertThat(session.settle(READ, third, DONE)).isInstanceOf(AttemptOver.class);
  }

  @Test
  void a_restart_of_the_session_counts_no_attempt() {
    session.opened(spec(READ));
    session.begun(READ);

    session.restart();

    assertThat(session.begun(READ).number()).isEqualTo(1);
  }

  @Test
  void an_expired_lease_ends_the_attempt_and_tells_the_host() {
    session.opened(spec(READ));
    var fence = session.begun(READ).fence();
    var watcher = session.watch();

    session.pass(LEASE);

    assertThat(session.host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its host did not renew the lease"));
    var update = watcher.receiveMessage();
    assertThat(update.stored())
        .containsExactly(
            new SessionEvent.AttemptEnded(
                session.now, READ, fence, AGENT, "its host did not renew the lease", true, NOW));
    assertThat(update.now().running()).isEmpty();
    assertThat(session.attempt(READ, fence, new Renew()).reply()).isInstanceOf(AttemptOver.class);
    assertThat(session.begun(READ).number()).isEqualTo(2);
  }

  @Test
  void a_renewed_lease_holds() {
    session.opened(spec(READ));
    var fence = session.begun(READ).fence();

    for (int i = 0; i < 5; i++) {
      session.pass(LEASE.minusSeconds(1));
      assertThat(session.attempt(READ, fence, new Renew()).reply())
          .isEqualTo(new Renewed(READ, fence));
    }
  }

  @Test
  void an_attempt_is_over_at_its_time_limit_renewed_or_not() {
    session.opened(spec(READ, new TaskSpec.Limits(3, Duration.ofSeconds(20))));
    var fence = session.begun(READ).fence();
    session.pass(Duration.ofSeconds(10));
    session.attempt(READ, fence, new Renew());

    session.pass(Duration.ofSeconds(10));

    assertThat(session.host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its time limit passed"));
    assertThat(session.settle(READ, fence, DONE)).isInstanceOf(AttemptOver.class);
  }

  @Test
  void a_time_limit_longer_than_any_timer_is_kept_too() {
    var limit = Duration.ofDays(365);
    session.opened(spec(READ, new TaskSpec.Limits(3, limit)));

    var assignment = session.begun(READ);

    assertThat(assignment.deadline()).isEqualTo(NOW.plus(limit));
    assertThat(session.attempt(READ, assignment.fence(), new Renew()).reply())
        .isInstanceOf(Renewed.class);
  }

  @Test
  void the_end_of_a_host_ends_its_attempt_and_no_other() {
    session.opened(spec(READ));
    var fence = session.begun(READ).fence();

    assertThat(session.runCommand(new HostLost(READ, new WorkerId("other"), "died")).hasNoEvents())
        .isTrue();
    assertThat(session.runCommand(new HostLost(READ, WORKER, "died")).event())
        .isEqualTo(
            new SessionEvent.AttemptEnded(session.now, READ, fence, AGENT, "died", true, NOW));
    assertThat(session.runCommand(new HostLost(READ, WORKER, "died")).hasNoEvents()).isTrue();
  }

  @Test
  void a_released_attempt_is_not_counted() {
    session.opened(spec(READ));

    for (int i = 0; i < 5; i++) {
      var assignment = session.begun(READ);
      assertThat(assignment.number()).isEqualTo(1);
      assertThat(session.attempt(READ, assignment.fence(), new Release("not now")).reply())
          .isInstanceOf(Accepted.class);
    }
  }

  @Test
  void the_last_attempt_leaves_the_task_dead() {
    session.opened(spec(READ, new TaskSpec.Limits(2, Duration.ofMinutes(1))));
    session.settle(READ, session.begun(READ), new Outcome.Failed("no luck", true));

    var last =
        session.attempt(
            READ, session.begun(READ).fence(), new Settle(new Outcome.Failed("again", true)));

    assertThat(last.events())
        .last()
        .isEqualTo(new SessionEvent.TaskDied(session.now, READ, "again"));
    assertThat(session.phase(READ)).isEqualTo(new TaskRecord.Dead("again", session.now));
    assertThat(session.begin(READ)).isInstanceOf(NotBegun.class);
  }

  @Test
  void how_attempts_begin_and_end_is_told_on_the_node() {
    var steps = kit.<AttemptStep>createTestProbe();
    kit.system().eventStream().tell(new EventStream.Subscribe<>(AttemptStep.class, steps.ref()));
    session.opened(spec(READ), spec(ANSWER));

    var given = session.begun(READ).fence();
    session.attempt(READ, given, new Release("busy"));
    var failed = session.begun(READ).fence();
    session.settle(READ, failed, new Outcome.Failed("once more", true));
    session.begun(READ);
    session.runCommand(new HostLost(READ, WORKER, "died"));
    var handed = session.begun(READ).fence();
    session.attempt(READ, handed, new HandOff(new AgentRole("critic"), "look"));
    var suspended = session.begun(READ).fence();
    session.attempt(READ, suspended, new Suspend("c", new Wait.ForPerson("why?"), List.of()));
    var done = session.begun(ANSWER);
    session.now = session.now.plusSeconds(5);
    session.settle(ANSWER, done, DONE);

    assertThat(steps.receiveSeveralMessages(12))
        .containsExactly(
            step(What.BEGUN),
            step(What.GIVEN_BACK),
            step(What.BEGUN),
            step(What.FAILED),
            step(What.BEGUN),
            step(What.CUT_OFF),
            step(What.BEGUN),
            step(What.HANDED_OFF),
            new AttemptStep(new AgentRole("critic"), What.BEGUN, null),
            new AttemptStep(new AgentRole("critic"), What.SUSPENDED, null),
            step(What.BEGUN),
            new AttemptStep(Sample.ROLE, What.COMPLETED, Duration.ofSeconds(5)));
  }

  private static AttemptStep step(What what) {
    return new AttemptStep(Sample.ROLE, what, null);
  }

  @Test
  void attempts_that_end_with_their_session_are_told_as_cut_off() {
    session.opened(spec(READ), spec(ANSWER));
    session.begun(READ);
    var steps = kit.<AttemptStep>createTestProbe();
    kit.system().eventStream().tell(new EventStream.Subscribe<>(AttemptStep.class, steps.ref()));

    session.conclude(new Ending.Cancelled("enough"));

    assertThat(steps.receiveMessage()).isEqualTo(step(What.CUT_OFF));
    steps.expectNoMessage();
  }
}
