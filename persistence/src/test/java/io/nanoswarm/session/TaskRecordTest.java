package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.active;
import static io.nanoswarm.session.Sample.fence;
import static io.nanoswarm.session.Sample.planned;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.Sample.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.SessionPrioritised;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskHandedOff;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TaskSuspended;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import io.nanoswarm.session.SessionState.Active;
import io.nanoswarm.session.TaskRecord.Open;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a session knows of its tasks: which are ready, and what attempts leave to the next. */
class TaskRecordTest {
  private static final Outcome DONE = new Outcome.Completed("done");
  private static final SessionEvent CUT_OFF =
      new AttemptEnded(NOW, READ, fence(2), AGENT, "lost", true);
  private static final SessionEvent SUSPENDED =
      new TaskSuspended(
          NOW, READ, fence(2), AGENT, "half way", new Wait.ForPerson("why?"), List.of());
  private static final SessionEvent WOKEN = new TaskWoken(NOW, READ, "because");
  private static final SessionEvent HANDED_OFF =
      new TaskHandedOff(NOW, READ, fence(2), AGENT, new AgentRole("critic"), "look");

  @Test
  void a_task_is_ready_once_everything_before_it_has_ended_well_or_not() {
    var other = task("other");
    var session = planned(spec(READ), spec(other), spec(ANSWER, READ, other));
    assertThat(ready(session)).containsExactly(READ, other);

    session = active(session, new TaskSettled(NOW, READ, fence(1), AGENT, NOW, DONE));
    assertThat(ready(session)).containsExactly(other);

    session = active(session, new TaskDied(NOW, other, "lost"));
    assertThat(ready(session)).containsExactly(ANSWER);
  }

  @Test
  void an_attempt_that_counts_is_counted_and_one_that_does_not_is_not() {
    var session =
        active(
            planned(spec(READ)),
            new AttemptEnded(NOW, READ, fence(1), AGENT, "given back", false),
            new AttemptEnded(NOW, READ, fence(2), AGENT, "lost", true));

    TaskRecord task = session.task(READ).orElseThrow();
    assertThat(task.attempts()).isEqualTo(1);
    assertThat(task.lastEnded()).isEqualTo(fence(2));
    assertThat(task.history()).containsExactly("given back", "lost");
  }

  @Test
  void a_task_keeps_its_latest_reasons_only() {
    var ends =
        IntStream.rangeClosed(1, TaskRecord.HISTORY + 2)
            .<SessionEvent>mapToObj(
                i -> new AttemptEnded(NOW, READ, fence(i), AGENT, "reason " + i, false))
            .toList();

    var history = active(planned(spec(READ)), ends).task(READ).orElseThrow().history();

    assertThat(history)
        .hasSize(TaskRecord.HISTORY)
        .startsWith("reason 3")
        .endsWith("reason " + ends.size());
  }

  @Test
  void a_woken_task_has_its_checkpoint_and_the_reply() {
    var session = active(planned(spec(READ)), SUSPENDED, WOKEN);

    assertThat(session.task(READ).orElseThrow().phase())
        .isEqualTo(new Open("half way", "because", null));
  }

  @Test
  void an_attempt_that_was_cut_off_leaves_checkpoint_and_reply_to_the_next() {
    var session = active(planned(spec(READ)), SUSPENDED, WOKEN, CUT_OFF);

    assertThat(session.task(READ).orElseThrow().phase())
        .isEqualTo(new Open("half way", "because", null));
  }

  @Test
  void a_task_handed_off_has_another_role_and_the_context_and_keeps_the_rest() {
    var session = active(planned(spec(READ)), CUT_OFF, HANDED_OFF);

    TaskRecord task = session.task(READ).orElseThrow();
    assertThat(task.spec().role()).isEqualTo(new AgentRole("critic"));
    assertThat(task.spec().instructions()).isEqualTo(spec(READ).instructions());
    assertThat(task.phase()).isEqualTo(new Open("look", null, Sample.ROLE));
    assertThat(task.attempts()).isEqualTo(1);
    assertThat(task.handoffs()).isEqualTo(1);
  }

  @Test
  void creating_a_child_twice_is_creating_it_once() {
    var child = spec(READ.child("part"));
    var suspended =
        new TaskSuspended(
            NOW, READ, fence(1), AGENT, "c", new Wait.ForPerson("why?"), List.of(child));
    var session = active(planned(spec(READ)), suspended);

    session =
        active(
            session,
            new TaskSettled(NOW, child.id(), fence(2), AGENT, NOW, DONE),
            new TaskWoken(NOW, READ, null),
            suspended);

    assertThat(session.tasks()).containsOnlyKeys(READ, child.id());
    assertThat(session.task(child.id()).orElseThrow().completed()).isTrue();
  }

  @Test
  void a_task_that_is_tried_again_has_all_its_attempts_and_what_comes_after_it_waits() {
    var session =
        active(
            planned(spec(READ), spec(ANSWER, READ)),
            new AttemptEnded(NOW, READ, fence(1), AGENT, "lost", true),
            new TaskDied(NOW, READ, "lost"),
            new TaskSettled(NOW, ANSWER, fence(2), AGENT, NOW, DONE));
    assertThat(session.allEnded()).isTrue();

    session = active(session, new TasksRetried(NOW, List.of(READ), List.of(ANSWER)));

    assertThat(ready(session)).containsExactly(READ);
    assertThat(session.allEnded()).isFalse();
    TaskRecord task = session.task(READ).orElseThrow();
    assertThat(task.attempts()).isZero();
    assertThat(task.retries()).isEqualTo(1);
    assertThat(task.lastEnded()).isEqualTo(fence(1));
    assertThat(task.history()).containsExactly("lost", "tried again");
    session = active(session, new TaskSettled(NOW, READ, fence(3), AGENT, NOW, DONE));
    assertThat(session.task(READ).orElseThrow().settledAtOnce()).isFalse();
    assertThat(ready(session)).containsExactly(ANSWER);
  }

  @Test
  void a_session_moves_all_its_tasks_as_many_steps_as_it_is_from_normal_itself() {
    var session =
        planned(
            spec(READ).withPriority(Priority.LOW),
            spec(task("now")).withPriority(Priority.URGENT),
            spec(ANSWER));
    assertThat(priorities(session)).containsExactly(Priority.LOW, Priority.URGENT, Priority.NORMAL);

    assertThat(priorities(active(session, new SessionPrioritised(NOW, Priority.HIGH))))
        .containsExactly(Priority.NORMAL, Priority.URGENT, Priority.HIGH);
    assertThat(priorities(active(session, new SessionPrioritised(NOW, Priority.LOW))))
        .containsExactly(Priority.LOW, Priority.HIGH, Priority.LOW);
  }

  private static List<Priority> priorities(Active session) {
    return session.tasks().values().stream().map(session::priorityOf).toList();
  }

  private static List<TaskId> ready(Active session) {
    return session.tasks().values().stream().filter(session::ready).map(TaskRecord::id).toList();
  }
}
