package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.active;
import static io.nanoswarm.session.Sample.attempt;
import static io.nanoswarm.session.Sample.delegation;
import static io.nanoswarm.session.Sample.planned;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.Sample.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TaskSuspended;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final TaskSpec.Limits TWICE = new TaskSpec.Limits(2, Duration.ofMinutes(1));
  private static final TaskId FIRST = READ.child("first");
  private static final TaskId SECOND = READ.child("second");

  @Test
  void every_outcome_but_a_retryable_failure_settles_the_task() {
    var session = planned(spec(READ));

    for (Outcome outcome :
        List.of(
            new Outcome.Completed("done"),
            new Outcome.Failed("no", false),
            new Outcome.Cancelled("no"))) {
      assertThat(Decision.settle(session, attempt(READ, 1), outcome, NOW))
          .singleElement()
          .isInstanceOfSatisfying(
              TaskSettled.class, settled -> assertThat(settled.outcome()).isEqualTo(outcome));
    }
  }

  @Test
  void a_retryable_failure_is_followed_by_another_attempt_until_the_last() {
    var failed = new Outcome.Failed("no luck", true);
    var session = planned(spec(READ, TWICE));

    var first = Decision.settle(session, attempt(READ, 1), failed, NOW);
    var second = Decision.settle(active(session, first), attempt(READ, 2), failed, NOW);

    assertThat(kinds(first)).containsExactly(AttemptEnded.class);
    assertThat(kinds(second)).containsExactly(AttemptEnded.class, TaskDied.class);
  }

  @Test
  void released_attempts_do_not_count() {
    var session = planned(spec(READ, TWICE));
    for (int i = 1; i <= 5; i++) {
      session = active(session, Decision.release(session, attempt(READ, i), "not now", NOW));
    }

    assertThat(session.task(READ).orElseThrow().attempts()).isZero();
  }

  @Test
  void a_task_that_is_given_back_or_suspended_too_often_is_dead() {
    var session = planned(spec(READ));
    for (int i = 1; i < Decision.MAX_UNCOUNTED; i++) {
      var events =
          i % 2 == 0
              ? Decision.release(session, attempt(READ, i), "not now", NOW)
              : Decision.suspend(session, attempt(READ, i), delegation(READ), NOW);
      session = active(session, events);
    }
    assertThat(session.task(READ).orElseThrow().ended()).isFalse();

    var given = Decision.release(session, attempt(READ, 1000), "not now", NOW);
    var suspended = Decision.suspend(session, attempt(READ, 1000), delegation(READ), NOW);

    assertThat(given)
        .endsWith(
            new TaskDied(
                NOW,
                READ,
                "given back or suspended 1000 times without an outcome, the last: not now"));
    assertThat(kinds(suspended)).containsExactly(AttemptEnded.class, TaskDied.class);
  }

  @Test
  void the_end_of_the_last_child_wakes_its_parent_with_it() {
    var session = delegated();

    var first = Decision.settle(session, attempt(FIRST, 2), new Outcome.Completed("done"), NOW);
    session = active(session, first);
    var second = Decision.settle(session, attempt(SECOND, 3), new Outcome.Failed("no", false), NOW);

    assertThat(first).hasOnlyElementsOfType(TaskSettled.class);
    assertThat(second).endsWith(new TaskWoken(NOW, READ, null));
    assertThat(active(session, second).ready(active(session, second).task(READ).orElseThrow()))
        .isTrue();
  }

  @Test
  void a_child_that_dies_wakes_its_parent_too() {
    var session = delegated();
    session =
        active(
            session,
            Decision.settle(session, attempt(FIRST, 2), new Outcome.Completed("done"), NOW));
    for (int i = 0; i < TaskSpec.Limits.DEFAULT.maxAttempts() - 1; i++) {
      session = active(session, Decision.cutOff(session, attempt(SECOND, 3 + i), "lost", NOW));
    }

    assertThat(kinds(Decision.cutOff(session, attempt(SECOND, 9), "lost", NOW)))
        .containsExactly(AttemptEnded.class, TaskDied.class, TaskWoken.class);
  }

  @Test
  void waiting_for_children_that_have_ended_already_is_waiting_for_nothing() {
    var session = delegated();
    for (TaskId child : List.of(FIRST, SECOND)) {
      session =
          active(
              session,
              Decision.settle(session, attempt(child, 2), new Outcome.Completed("done"), NOW));
    }

    assertThat(
            kinds(
                Decision.suspend(
                    session, attempt(READ, 9), delegation(READ, "first", "second"), NOW)))
        .containsExactly(TaskSuspended.class, TaskWoken.class);
  }

  @Test
  void children_have_ids_made_from_their_parents() {
    var session = planned(spec(READ), spec(ANSWER));

    assertThat(Decision.isChild(READ, READ.child("part"))).isTrue();
    assertThat(Decision.isChild(READ, READ.child("part").child("deeper"))).isFalse();
    assertThat(Decision.isChild(READ, task("reading"))).isFalse();
    assertThat(problems(session, new Wait.ForPerson("why?"), spec(ANSWER.child("part"))))
        .containsExactly("goal-1/answer.part is no child of goal-1/read");
  }

  @Test
  void a_task_waits_for_children_of_its_own_only() {
    var session = planned(spec(READ), spec(ANSWER));

    assertThat(problems(session, new Wait.ForChildren(List.of(ANSWER, FIRST))))
        .containsExactly(
            "goal-1/read waits for goal-1/answer, which is no child of it",
            "goal-1/read waits for goal-1/read.first, which is no child of it");
  }

  @Test
  void children_count_against_the_tasks_of_their_session() {
    var tasks = IntStream.range(0, Plan.MAX_TASKS).mapToObj(i -> spec(task("t" + i))).toList();
    var session = planned(tasks.toArray(TaskSpec[]::new));

    assertThat(Decision.problems(session, task("t0"), delegation(task("t0"), "a", "b")))
        .containsExactly("the session would have 10002 tasks (expected: at most 10000)");
  }

  @Test
  void a_child_after_an_unknown_task_is_refused() {
    assertThat(problems(planned(spec(READ)), waitFor(FIRST), spec(FIRST, task("nobody"))))
        .containsExactly("task goal-1/read.first comes after goal-1/nobody, which is unknown");
  }

  @Test
  void children_that_would_wait_for_ever_are_refused() {
    var session = planned(spec(READ), spec(ANSWER, READ));

    assertThat(problems(session, waitFor(FIRST), spec(FIRST, SECOND), spec(SECOND, FIRST)))
        .containsExactly(
            "these tasks would wait for each other: read, answer, read.first, read.second");
    assertThat(problems(session, waitFor(FIRST), spec(FIRST, READ)))
        .containsExactly("these tasks would wait for each other: read, answer, read.first");
    assertThat(problems(session, waitFor(FIRST), spec(FIRST, ANSWER)))
        .containsExactly("these tasks would wait for each other: read, answer, read.first");
    assertThat(problems(session, waitFor(FIRST, SECOND), spec(FIRST, SECOND), spec(SECOND)))
        .isEmpty();
  }

  private static List<Class<?>> kinds(List<SessionEvent> events) {
    return events.stream().<Class<?>>map(Object::getClass).toList();
  }

  private static Wait waitFor(TaskId... children) {
    return new Wait.ForChildren(List.of(children));
  }

  private static List<String> problems(
      SessionState.Active session, Wait waitFor, TaskSpec... children) {
    return Decision.problems(
        session, READ, new AttemptRequest.Suspend("half way", waitFor, List.of(children)));
  }

  private static SessionState.Active delegated() {
    var session = planned(spec(READ));
    return active(
        session,
        Decision.suspend(session, attempt(READ, 1), delegation(READ, "first", "second"), NOW));
  }
}
