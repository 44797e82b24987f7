package io.nanoswarm.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.PlanCheck;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.Workspace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTest {
  private static final SessionId SESSION = new SessionId("bench");
  private static final Workspace WORKSPACE =
      new Workspace("/", new ArtifactRef("0".repeat(64), 0), 0, 0);

  @ParameterizedTest
  @ValueSource(strings = {"none", "wait:200ms", "cpu:40"})
  void what_it_is_written_as_is_what_it_is_read_from(String text) {
    assertThat(Load.parse(text)).hasToString(text);
  }

  @Test
  void what_is_no_load_is_refused_with_what_was_expected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Load.parse("sleep:1s"))
        .withMessageContaining("sleep:1s")
        .withMessageContaining("wait:<n>ms");
  }

  @Test
  void as_much_computation_comes_to_the_same_every_time() throws Exception {
    assertThat(new Load.Cpu(1).perform()).isEqualTo(new Load.Cpu(1).perform()).isNotZero();
  }

  @Test
  void a_session_is_as_many_independent_tasks_as_it_says_and_an_answer_after_them() {
    var goal = new Goal(LoadPlanner.goal(3, Load.parse("cpu:40")));

    var plan = new LoadPlanner().plan(SESSION, goal, WORKSPACE).toCompletableFuture().join();

    assertThat(PlanCheck.problems(SESSION, plan)).isEmpty();
    assertThat(plan.tasks()).hasSize(4);
    assertThat(plan.tasks().subList(0, 3))
        .allSatisfy(task -> {
          assertThat(task.after()).isEmpty();
          assertThat(task.parameters()).containsEntry("work", "cpu:40");
        });
    assertThat(plan.tasks().getLast().after()).hasSize(3);
  }

  @Test
  void the_median_of_an_even_number_lies_between_the_middle_two() {
    assertThat(new Spread(List.of(4.0, 1.0, 3.0, 2.0))).hasToString("2.50 (1.00–4.00)");
  }
}
