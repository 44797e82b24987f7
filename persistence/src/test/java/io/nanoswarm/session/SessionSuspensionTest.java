package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.delegation;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.SessionFixture.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.AttemptRequest.HandOff;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.Session.Accepted;
import io.nanoswarm.session.Session.Invalid;
import io.nanoswarm.session.Session.NotBegun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks that wait for children, a person or a moment, or go on in another role. */
@ExtendWith(LogCapturingExtension.class)
class SessionSuspensionTest {
  private static final TaskId PART = READ.child("part");
  private static final ActorTestKit kit = SessionFixture.kit();

  private final SessionFixture session = new SessionFixture(kit);

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_parent_waits_for_its_children_and_is_woken_with_the_last() {
    session.opened(spec(READ));
    session.attempt(READ, session.begun(READ).fence(), delegation(READ, "part"));
    assertThat(session.begin(READ)).isInstanceOf(NotBegun.class);

    var fence = session.begun(PART).fence();
    var last = session.attempt(PART, fence, new Settle(DONE));

    assertThat(last.events())
        .hasSize(2)
        .endsWith(new SessionEvent.TaskWoken(session.now, READ, null));
    var woken = session.begun(READ);
    assertThat(woken.checkpoint()).isEqualTo("half way");
    assertThat(woken.number()).isEqualTo(1);
    assertThat(woken.results())
        .containsExactly(new Assignment.TaskResult(PART, "Do read.part", fence, DONE));
  }

  @Test
  void children_that_are_none_are_refused_and_the_attempt_goes_on() {
    session.opened(spec(READ), spec(ANSWER));
    var fence = session.begun(READ).fence();

    var refused = session.attempt(READ, fence, delegation(ANSWER, "part"));

    assertThat(refused.hasNoEvents()).isTrue();
    assertThat(refused.reply())
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .contains("goal-1/answer.part is no child of goal-1/read"));
    assertThat(session.settle(READ, fence, DONE)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_task_waits_for_a_person_and_carries_the_answer() {
    session.opened(spec(READ));
    var fence = session.ask("why?");
    session.restart();

    var answered = session.answer(fence, "because");
    var again = session.answer(fence, "never");

    assertThat(answered.event())
        .isEqualTo(new SessionEvent.TaskWoken(session.now, READ, "because"));
    assertThat(again.hasNoEvents()).isTrue();
    assertThat(session.begun(READ).reply()).isEqualTo("because");
  }

  @Test
  void an_answer_that_comes_again_answers_no_later_question() {
    session.opened(spec(READ));
    var first = session.ask("why?");
    session.answer(first, "because");
    var second = session.ask("when?");

    var again = session.answer(first, "because");

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply().state()).isEqualTo(session.entity.getState());
    session.answer(second, "now");
    assertThat(session.begun(READ).reply()).isEqualTo("now");
  }

  @Test
  void a_task_waits_for_a_moment_also_over_a_restart() {
    session.opened(spec(READ));
    session.suspendUntil(NOW.plusSeconds(60));
    session.pass(Duration.ofSeconds(40));
    session.restart();
    var watcher = session.watch();

    session.pass(Duration.ofSeconds(19));
    assertThat(session.begin(READ)).isInstanceOf(NotBegun.class);
    session.pass(Duration.ofSeconds(1));

    assertThat(watcher.receiveMessage().stored())
        .containsExactly(new SessionEvent.TaskWoken(session.now, READ, null));
    assertThat(session.begun(READ).checkpoint()).isEqualTo("c");
  }

  @Test
  void a_moment_further_away_than_any_timer_is_waited_for_too() {
    session.opened(spec(READ));
    session.suspendUntil(Instant.MAX);
    session.restart();

    session.pass(Duration.ofDays(1));

    assertThat(session.phase(READ)).isInstanceOf(TaskRecord.Suspended.class);
  }

  @Test
  void a_handoff_moves_the_task_to_another_role_uncounted() {
    session.opened(spec(READ));

    session.attempt(
        READ, session.begun(READ).fence(), new HandOff(new AgentRole("critic"), "look"));

    var assignment = session.begun(READ);
    assertThat(assignment.spec().role()).isEqualTo(new AgentRole("critic"));
    assertThat(assignment.checkpoint()).isEqualTo("look");
    assertThat(assignment.number()).isEqualTo(1);
  }

  @Test
  void handoffs_are_bounded() {
    session.opened(spec(READ));
    for (int i = 0; i < Decision.MAX_HANDOFFS; i++) {
      session.attempt(
          READ, session.begun(READ).fence(), new HandOff(new AgentRole("critic"), "look"));
    }
    var fence = session.begun(READ).fence();

    var refused = session.attempt(READ, fence, new HandOff(new AgentRole("critic"), "look"));

    assertThat(refused.reply())
        .isEqualTo(new Invalid(READ, fence, List.of("17 handoffs (expected: at most 16)")));
    assertThat(session.settle(READ, fence, DONE)).isInstanceOf(Accepted.class);
  }
}
