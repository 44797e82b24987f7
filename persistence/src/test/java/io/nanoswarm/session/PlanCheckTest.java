package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.SESSION;
import static io.nanoswarm.session.Sample.plan;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.Sample.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanCheckTest {
  @Test
  void a_valid_plan_has_no_problem() {
    assertThat(problems(plan(spec(READ), spec(ANSWER, READ)))).isEmpty();
  }

  @Test
  void tasks_may_come_before_what_they_depend_on() {
    assertThat(problems(new Plan(List.of(spec(ANSWER, READ), spec(READ)), ANSWER))).isEmpty();
  }

  @Test
  void an_empty_plan_is_refused() {
    assertThat(problems(new Plan(List.of(), ANSWER)))
        .containsExactly(
            "the plan has no task", "the answering task goal-1/answer is not in the plan");
  }

  @Test
  void a_plan_with_too_many_tasks_is_refused() {
    var tasks =
        IntStream.rangeClosed(0, Plan.MAX_TASKS).mapToObj(i -> spec(task("t" + i))).toList();

    assertThat(problems(new Plan(tasks, task("t0"))))
        .containsExactly("the plan has 10001 tasks (expected: at most 10000)");
  }

  @Test
  void a_task_of_another_session_is_refused() {
    var foreign = TaskId.of(new SessionId("goal-2"), "read");

    assertThat(problems(plan(spec(foreign), spec(ANSWER))))
        .containsExactly("task goal-2/read belongs to another session than goal-1");
  }

  @Test
  void a_task_planned_twice_is_refused() {
    assertThat(problems(plan(spec(READ), spec(READ), spec(ANSWER))))
        .containsExactly("task goal-1/read is planned twice");
  }

  @Test
  void a_task_after_an_unknown_one_is_refused() {
    assertThat(problems(plan(spec(ANSWER, READ))))
        .containsExactly("task goal-1/answer comes after goal-1/read, which is not in the plan");
  }

  @Test
  void tasks_that_wait_for_each_other_are_refused() {
    var itself = task("itself");

    assertThat(
            problems(
                plan(
                    spec(task("free")),
                    spec(READ, ANSWER),
                    spec(itself, itself),
                    spec(ANSWER, READ))))
        .containsExactly("these tasks wait for each other: read, itself, answer");
  }

  private static List<String> problems(Plan plan) {
    return PlanCheck.problems(SESSION, plan);
  }
}
