package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.WORKER;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.Sample.task;
import static io.nanoswarm.session.SessionFixture.DONE;
import static io.nanoswarm.session.SessionFixture.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.Session.Accepted;
import io.nanoswarm.session.Session.Begin;
import io.nanoswarm.session.Session.BeginReply;
import io.nanoswarm.session.Session.Begun;
import io.nanoswarm.session.Session.HostLost;
import io.nanoswarm.session.Session.NotBegun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which attempts a session grants, and what it tells of the task. */
@ExtendWith(LogCapturingExtension.class)
class SessionBeginTest {
  private static final ActorTestKit kit = SessionFixture.kit();

  private final SessionFixture session = new SessionFixture(kit);

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void an_attempt_is_granted_with_what_its_host_must_know() {
    session.opened(spec(READ), spec(ANSWER, READ));
    session.settle(READ, session.begun(READ), DONE);

    var assignment = session.begun(ANSWER);

    assertThat(assignment.spec()).isEqualTo(spec(ANSWER));
    assertThat(assignment.number()).isEqualTo(1);
    assertThat(assignment.lease()).isEqualTo(LEASE);
    assertThat(assignment.deadline()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
    assertThat(assignment.results())
        .containsExactly(new Assignment.TaskResult(READ, "Do read", new Fence(1, 1), DONE));
  }

  @Test
  void results_that_do_not_fit_into_one_message_are_told_in_pages() {
    var readers = IntStream.range(0, 40).mapToObj(i -> task("read-" + i)).toList();
    session.opened(
        Stream.concat(
                readers.stream().map(id -> spec(id)), Stream.of(spec(ANSWER).withAfter(readers)))
            .toArray(TaskSpec[]::new));
    var summary = new Outcome.Completed("x".repeat(2000));
    readers.forEach(reader -> session.settle(reader, session.begun(reader), summary));

    var begun = (Begun) session.begin(ANSWER);
    var fence = begun.assignment().fence();
    var results = new ArrayList<>(begun.assignment().results());
    int pages = 1;
    for (int next = begun.next(); next != 0; pages++) {
      var more = session.results(ANSWER, fence, next);
      assertThat(((Session.MoreResults) more).from()).isEqualTo(next);
      results.addAll(((Session.MoreResults) more).results());
      next = ((Session.MoreResults) more).next();
    }

    assertThat(pages).isBetween(2, 40);
    assertThat(results).extracting(Assignment.TaskResult::task).isEqualTo(readers);
    assertThat(session.results(ANSWER, new Fence(1, 1), 5)).isInstanceOf(NotBegun.class);
  }

  @Test
  void a_task_that_is_not_ready_is_not_begun() {
    session.opened(spec(READ), spec(ANSWER, READ));

    assertThat(session.begin(ANSWER))
        .isEqualTo(new NotBegun(ANSWER, 0, "it is not ready to be tried"));
    assertThat(session.begin(READ.child("part"))).isInstanceOf(NotBegun.class);
  }

  @Test
  void begin_again_by_the_same_worker_is_answered_the_same() {
    session.opened(spec(READ));
    var first = session.begin(READ);

    assertThat(session.begin(READ)).isEqualTo(first);
  }

  @Test
  void one_attempt_at_a_time() {
    session.opened(spec(READ));
    session.begun(READ);

    assertThat(session.begin(READ, new AgentName("researcher-2"), new WorkerId("researcher-2-w1")))
        .isEqualTo(new NotBegun(READ, 0, "researcher-1 works on it"));
    assertThat(session.begin(READ, AGENT, new WorkerId("researcher-1-w2")))
        .isEqualTo(new NotBegun(READ, 0, "researcher-1 works on it"));
  }

  @Test
  void beginnings_are_not_stored() {
    session.opened(spec(READ), spec(ANSWER));
    session.begun(READ);
    session.settle(READ, new Fence(1, 1), DONE);

    assertThat(
            session
                .<BeginReply>runCommand(
                    to -> new Begin(ANSWER, AGENT, WORKER, session.host.ref(), to))
                .hasNoEvents())
        .isTrue();
  }

  @Test
  void an_agent_has_one_attempt_at_a_time_and_what_it_begins_meanwhile_waits_for_its_end() {
    session.opened(spec(READ), spec(ANSWER));
    var first = session.begun(READ);
    var beginnings = kit.<BeginReply>createTestProbe();

    session.runCommand(session.begin(ANSWER, 7, beginnings));
    session.runCommand(session.begin(ANSWER, 8, beginnings));
    beginnings.expectNoMessage();
    session.settle(READ, first, DONE);

    var begun = beginnings.expectMessageClass(Begun.class);
    assertThat(begun.task()).isEqualTo(ANSWER);
    assertThat(begun.claim()).isEqualTo(8);
    beginnings.expectNoMessage();
    assertThat(session.settle(ANSWER, begun.assignment().fence(), DONE))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void what_waits_to_begin_is_granted_when_the_attempt_before_it_is_cut_off() {
    session.opened(spec(READ), spec(ANSWER));
    session.begun(READ);
    var beginnings = kit.<BeginReply>createTestProbe();
    session.runCommand(session.begin(ANSWER, 7, beginnings));

    session.pass(LEASE);

    assertThat(beginnings.expectMessageClass(Begun.class).task()).isEqualTo(ANSWER);
  }

  @Test
  void nothing_begins_for_a_host_that_is_lost() {
    session.opened(spec(READ), spec(ANSWER));
    session.begun(READ);
    var beginnings = kit.<BeginReply>createTestProbe();
    session.runCommand(session.begin(ANSWER, 7, beginnings));

    session.runCommand(new HostLost(READ, WORKER, "its worker died"));

    beginnings.expectNoMessage();
    assertThat(session.begunBy(2, ANSWER)).isNotNull();
  }

  @Test
  void what_waits_to_begin_is_refused_when_its_session_is_over() {
    session.opened(spec(READ), spec(ANSWER));
    session.begun(READ);
    var beginnings = kit.<BeginReply>createTestProbe();
    session.runCommand(session.begin(ANSWER, 7, beginnings));

    session.conclude(new Ending.Cancelled("enough"));

    assertThat(beginnings.receiveMessage())
        .isEqualTo(new NotBegun(ANSWER, 7, "its session is over"));
  }
}
