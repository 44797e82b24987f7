package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.WORKSPACE;
import static io.nanoswarm.session.Sample.active;
import static io.nanoswarm.session.Sample.attempt;
import static io.nanoswarm.session.Sample.delegation;
import static io.nanoswarm.session.Sample.fence;
import static io.nanoswarm.session.Sample.plan;
import static io.nanoswarm.session.Sample.planned;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.Sample.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.FollowUpAsked;
import io.nanoswarm.session.SessionEvent.PlanRecorded;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskDiscarded;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class WishesTest {
  private static final Outcome DONE = new Outcome.Completed("done");
  private static final Outcome FAILED = new Outcome.Failed("cannot be", false);
  private static final Goal FURTHER = new Goal("And where is it tested?");

  /** Pure code answers nobody. */
  @SuppressWarnings("NullAway")
  private static final ActorRef<Session.WishReply> NOBODY = null;

  private static final TaskId OTHER = task("other");

  @Test
  void all_that_ended_badly_is_tried_again_with_all_that_came_after_it() {
    var last = task("last");
    var session =
        active(
            planned(spec(READ), spec(OTHER), spec(ANSWER, READ), spec(last, ANSWER)),
            settled(READ, 1, FAILED),
            settled(OTHER, 2, DONE),
            settled(ANSWER, 3, DONE),
            settled(last, 4, DONE));

    var decided = wishes(session).retry(List.of());

    assertThat(decided.events())
        .containsExactly(new TasksRetried(NOW, List.of(READ), List.of(ANSWER, last)));
  }

  @Test
  void what_was_discarded_is_tried_again_only_when_it_is_named() {
    var session =
        active(planned(spec(READ)), settled(READ, 1, FAILED), new TaskDiscarded(NOW, READ));

    assertThat(wishes(session).retry(List.of()).why())
        .isEqualTo("none of its tasks has ended badly");
    assertThat(wishes(session).retry(List.of(READ)).events()).hasSize(1);
  }

  @Test
  void a_parent_is_done_again_with_its_child() {
    var child = READ.child("part");
    var session =
        active(
            active(
                planned(spec(READ)),
                Decision.suspend(
                    planned(spec(READ)), attempt(READ, 1), delegation(READ, "part"), NOW)),
            List.of(new TaskDied(NOW, child, "lost"), new SessionEvent.TaskWoken(NOW, READ, null)));
    session = active(session, settled(READ, 2, DONE));

    assertThat(wishes(session).retry(List.of(child)).events())
        .containsExactly(new TasksRetried(NOW, List.of(child), List.of(READ)));
  }

  @Test
  void what_had_begun_after_it_begins_anew_and_waits() {
    var sleeping =
        active(
            planned(spec(READ), spec(ANSWER, READ)),
            settled(READ, 1, FAILED),
            new SessionEvent.TaskSuspended(
                NOW, ANSWER, fence(2), AGENT, "half way", new Wait.ForTime(NOW), List.of()));
    var woken = active(sleeping, new SessionEvent.TaskWoken(NOW, ANSWER, null));

    for (SessionState.Active session : List.of(sleeping, woken)) {
      var decided = wishes(session).retry(List.of());

      assertThat(decided.events())
          .containsExactly(new TasksRetried(NOW, List.of(READ), List.of(ANSWER)));
      var next = active(session, decided.events());
      assertThat(next.task(ANSWER).orElseThrow().phase()).isEqualTo(TaskRecord.Open.NEW);
      assertThat(next.tasks().values().stream().filter(next::ready).map(TaskRecord::id))
          .containsExactly(READ);
    }
  }

  @Test
  void a_parent_that_waits_for_the_child_waits_on() {
    var child = READ.child("part");
    var waiting =
        active(
            active(
                planned(spec(READ)),
                Decision.suspend(
                    planned(spec(READ)), attempt(READ, 1), delegation(READ, "part", "rest"), NOW)),
            new TaskDied(NOW, child, "lost"));

    var decided = wishes(waiting).retry(List.of(child));

    assertThat(decided.events()).containsExactly(new TasksRetried(NOW, List.of(child), List.of()));
    assertThat(active(waiting, decided.events()).task(READ).orElseThrow().phase())
        .isInstanceOf(TaskRecord.Suspended.class);
  }

  @Test
  void a_task_that_was_handed_off_begins_anew_in_the_role_it_was_planned_for() {
    var session =
        active(
            planned(spec(READ)),
            new SessionEvent.TaskHandedOff(
                NOW, READ, fence(1), AGENT, new AgentRole("critic"), "look"),
            new TaskDied(NOW, READ, "lost"));

    var next = active(session, wishes(session).retry(List.of()).events());

    assertThat(next.task(READ).orElseThrow().spec().role()).isEqualTo(Sample.ROLE);
  }

  @Test
  void what_was_discarded_is_not_revived_by_what_comes_before_it() {
    var session =
        active(
            planned(spec(READ), spec(ANSWER, READ)),
            settled(READ, 1, FAILED),
            settled(ANSWER, 2, FAILED),
            new TaskDiscarded(NOW, ANSWER));

    assertThat(wishes(session).retry(List.of()).events())
        .containsExactly(new TasksRetried(NOW, List.of(READ), List.of()));
  }

  @Test
  void what_has_not_ended_badly_is_not_tried_again() {
    var session = active(planned(spec(READ), spec(OTHER)), settled(READ, 1, DONE));

    assertThat(wishes(session).retry(List.of(READ)).why()).isEqualTo("task 'read' is completed");
    assertThat(wishes(session).retry(List.of(OTHER)).why())
        .isEqualTo("task 'other' has not ended yet");
    assertThat(wishes(session).retry(List.of(task("none"))).why())
        .isEqualTo("it has no task 'none'");
    assertThat(new Wishes(new SessionState.Absent(), Map.of(), NOW).retry(List.of()).why())
        .isEqualTo("it was never opened");
  }

  @Test
  void a_session_that_failed_or_timed_out_goes_on_even_if_no_task_has_ended_badly() {
    var session = planned(spec(READ));

    for (Ending ending : List.of(new Ending.Failed("no agents"), new Ending.TimedOut())) {
      assertThat(over(session, ending).retry(List.of()).events())
          .containsExactly(new TasksRetried(NOW, List.of(), List.of()));
    }
    assertThat(over(session, new Ending.Cancelled("enough")).retry(List.of()).why())
        .isEqualTo("it was cancelled, for good");
    assertThat(over(session, new Ending.Completed()).retry(List.of()).why())
        .isEqualTo("none of its tasks has ended badly");
  }

  @Test
  void what_is_discarded_takes_along_what_it_delegated() {
    var child = READ.child("part");
    var session =
        active(
            planned(spec(READ)),
            Decision.suspend(planned(spec(READ)), attempt(READ, 1), delegation(READ, "part"), NOW));
    var running = attempt(child, 2);

    var decided =
        new Wishes(session, Map.of(child, running), NOW).discard(READ, "it asks for ever");

    assertThat(decided.cutOff()).containsExactly(child);
    assertThat(decided.events())
        .contains(
            new TaskDied(NOW, READ, "discarded: it asks for ever"),
            new AttemptEnded(
                NOW, child, fence(2), AGENT, "its task was discarded", false, running.beganAt()),
            new TaskDied(NOW, child, "discarded: it asks for ever"));
    assertThat(active(session, decided.events()).allEnded()).isTrue();
  }

  @Test
  void what_is_completed_is_not_discarded() {
    var session = active(planned(spec(READ)), settled(READ, 1, DONE));

    assertThat(wishes(session).discard(READ, "why not").why())
        .isEqualTo("task 'read' is completed");
    assertThat(wishes(session).discard(task("none"), "why not").why())
        .isEqualTo("it has no task 'none'");
  }

  @Test
  void a_session_that_is_over_takes_a_further_question_unless_it_was_cancelled() {
    var session = active(planned(spec(READ)), settled(READ, 1, DONE));
    var asked = new FollowUpAsked(NOW, 2, FURTHER, WORKSPACE, null);

    for (Ending ending :
        List.of(
            new Ending.Completed(),
            new Ending.Partial(List.of("half")),
            new Ending.Failed("no agents"),
            new Ending.TimedOut())) {
      assertThat(over(session, ending).further(ask(2)).events()).containsExactly(asked);
    }
    assertThat(over(session, new Ending.Cancelled("enough")).further(ask(2)).why())
        .isEqualTo("it was cancelled, for good");
    assertThat(wishes(session).further(ask(2)).why())
        .isEqualTo("it works on a question; ask when that is answered");
    assertThat(wishes(new SessionState.Absent()).further(ask(2)).why())
        .isEqualTo("it was never opened");
  }

  @Test
  void a_question_that_is_asked_again_is_asked_once_and_another_at_the_same_time_is_refused() {
    var over = planned(spec(READ)).apply(new SessionConcluded(NOW, new Ending.TimedOut()));
    var going = active(over, new FollowUpAsked(NOW, 2, FURTHER, WORKSPACE, null));
    var answered = going.apply(new SessionConcluded(NOW, new Ending.TimedOut()));
    var other = new Session.AskFurther(2, new Goal("Why?"), WORKSPACE, null, NOBODY);

    for (SessionState state : List.of(going, answered)) {
      assertThat(wishes(state).further(ask(2)).why()).isNull();
      assertThat(wishes(state).further(ask(2)).events()).isEmpty();
      assertThat(wishes(state).further(other).why()).isNotNull();
    }
    assertThat(wishes(answered).further(ask(3)).events()).hasSize(1);
  }

  @Test
  void what_an_earlier_question_left_undone_is_dead_and_is_not_tried_again() {
    var over =
        active(planned(spec(READ), spec(ANSWER, READ)), settled(READ, 1, FAILED))
            .apply(new SessionConcluded(NOW, new Ending.TimedOut()));
    var going = active(over, new FollowUpAsked(NOW, 2, FURTHER, WORKSPACE, null));
    var second = task("q2.read");
    var planned = active(going, new PlanRecorded(NOW, plan(spec(second))));
    var bad = active(planned, settled(second, 2, FAILED));

    assertThat(going.planned()).isFalse();
    assertThat(going.allEnded()).isTrue();
    assertThat(going.task(ANSWER).orElseThrow().phase()).isInstanceOf(TaskRecord.Dead.class);
    assertThat(planned.tasks()).containsOnlyKeys(READ, ANSWER, second);
    assertThat(wishes(bad).retry(List.of()).events())
        .containsExactly(new TasksRetried(NOW, List.of(second), List.of()));
    assertThat(wishes(bad).retry(List.of(READ)).why())
        .isEqualTo("task 'read' is of an earlier question, which is over");
  }

  @Test
  void the_plan_of_a_further_question_names_no_task_of_another() {
    var over = planned(spec(READ)).apply(new SessionConcluded(NOW, new Ending.TimedOut()));
    var going = active(over, new FollowUpAsked(NOW, 2, FURTHER, WORKSPACE, null));

    assertThat(PlanCheck.problems(going, plan(spec(task("q2.read"))))).isEmpty();
    assertThat(PlanCheck.problems(going, plan(spec(READ))))
        .containsExactly(
            "task session/read is named as one of an earlier question (expected: q2.…)"
                .replace("session", Sample.SESSION.value()));
  }

  @Test
  void a_session_is_asked_so_many_questions_at_most() {
    SessionState state =
        planned(spec(READ)).apply(new SessionConcluded(NOW, new Ending.TimedOut()));
    for (int number = 2; number <= FollowUp.MOST_QUESTIONS; number++) {
      state = state.apply(new FollowUpAsked(NOW, number, FURTHER, WORKSPACE, null));
      state = state.apply(new SessionConcluded(NOW, new Ending.TimedOut()));
    }

    assertThat(wishes(state).further(ask(FollowUp.MOST_QUESTIONS + 1)).why())
        .contains("100 questions");
  }

  @Test
  void a_task_named_as_those_of_the_next_question_would_be_keeps_it_from_being_asked() {
    var over =
        planned(spec(task("q2.read"))).apply(new SessionConcluded(NOW, new Ending.Completed()));

    assertThat(wishes(over).further(ask(2)).why()).contains("q2.");
  }

  private static Session.AskFurther ask(int number) {
    return new Session.AskFurther(number, FURTHER, WORKSPACE, null, NOBODY);
  }

  private static TaskSettled settled(TaskId task, long counter, Outcome outcome) {
    return new TaskSettled(NOW, task, fence(counter), AGENT, NOW, outcome);
  }

  private static Wishes wishes(SessionState state) {
    return new Wishes(state, Map.of(), NOW);
  }

  private static Wishes over(SessionState.Active session, Ending ending) {
    return wishes(session.apply(new SessionEvent.SessionConcluded(NOW, ending)));
  }
}
