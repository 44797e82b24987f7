package io.nanoswarm.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.PlanCheck;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.Workspace;
import org.junit.jupiter.api.Test;

class FixedPlanTest {
  private static final SessionId SESSION = new SessionId("goal-1");
  private static final Workspace WORKSPACE =
      new Workspace("/", new ArtifactRef("0".repeat(64), 0), 0, 0);

  @Test
  void every_goal_is_split_into_the_same_tasks_and_the_last_answers_it() {
    var planner =
        FixedPlan.of("read", "reader")
            .and("write", "writer", "read")
            .with(spec -> spec.withInstructions("briefly"));

    var plan = planner.plan(SESSION, new Goal("go"), WORKSPACE).toCompletableFuture().join();

    assertThat(plan.tasks()).hasSize(2);
    assertThat(plan.answer()).isEqualTo(TaskId.of(SESSION, "write"));
    assertThat(plan.tasks().getLast().after()).containsExactly(TaskId.of(SESSION, "read"));
    assertThat(plan.tasks().getFirst().instructions()).isEmpty();
    assertThat(plan.tasks().getLast().instructions()).isEqualTo("briefly");
    assertThat(PlanCheck.problems(SESSION, plan)).isEmpty();
  }
}
