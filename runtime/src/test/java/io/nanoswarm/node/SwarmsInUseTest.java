package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.planner.PlannerUnavailable;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.Workspace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Which planner plans a session of this node, or of another one. */
class SwarmsInUseTest {
  private static final Duration WITHIN = Duration.ofSeconds(30);
  private static final SessionId ELSEWHERE = new SessionId("elsewhere");

  private final SwarmsInUse inUse = new SwarmsInUse();

  /** As where a shard comes to a node that is about to start, before that knows of sessions. */
  @Test
  void a_plan_that_is_asked_for_before_sessions_can_be_looked_up_waits_and_is_the_sessions_own() {
    var plan = plan();
    assertThat(plan).isNotDone();

    inUse.lookUpBy(_ -> CompletableFuture.completedFuture(FixedPlan.of("own", "reviewer")));

    assertThat(plan.join().tasks()).extracting(task -> task.id().name()).containsExactly("own");
  }

  @Test
  void where_a_swarm_cannot_be_looked_up_for_now_no_plan_can_be_made_for_now() {
    inUse.lookUpBy(
        _ -> failing(new SwarmProblem(SwarmProblem.Kind.UNAVAILABLE, "no answer", null)));

    assertNoPlan(PlannerUnavailable.class);
  }

  /** As of a node that ends: another one plans. */
  @Test
  void where_looking_up_fails_for_any_other_reason_no_plan_can_be_made_for_now() {
    inUse.lookUpBy(_ -> {
      throw new RejectedExecutionException("no answer");
    });

    assertNoPlan(PlannerUnavailable.class);
  }

  @Test
  void where_a_swarm_is_gone_no_plan_can_be_made_at_all() {
    inUse.lookUpBy(_ -> failing(new SwarmProblem(SwarmProblem.Kind.NOT_FOUND, "no answer", null)));

    assertNoPlan(SwarmProblem.class);
  }

  private void assertNoPlan(Class<? extends Exception> why) {
    assertThat(plan())
        .failsWithin(WITHIN)
        .withThrowableThat()
        .withCauseInstanceOf(why)
        .withMessageContaining("no answer");
  }

  private CompletableFuture<Plan> plan() {
    var workspace = new Workspace("/", new ArtifactRef("0".repeat(64), 1), 1, 1);
    return inUse.plan(ELSEWHERE, new Goal("goal"), workspace).toCompletableFuture();
  }

  private static CompletionStage<Planner> failing(RuntimeException why) {
    return CompletableFuture.supplyAsync(() -> {
      throw why;
    });
  }
}
