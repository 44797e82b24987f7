package io.nanoswarm.samples.s02pipeline;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.samples.Hosting;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.testkit.SwarmRun;
import io.nanoswarm.testkit.SwarmTest;
import io.nanoswarm.testkit.SwarmTestKit;
import org.junit.jupiter.api.Test;

@SwarmTest
class PipelineTest {
  @Test
  void each_agent_goes_on_where_the_one_before_has_ended(SwarmTestKit swarm) {
    SwarmRun run = Hosting.run(swarm, new Pipeline());

    assertThatRun(run).isCompleted();
    assertThatBoard(run)
        .has("findings/outline", "- bread\n- a new lamp\n- more time")
        .has("designs/draft", "We need bread. We need a new lamp. We need more time.")
        .has(
            "final/answer", "# Our needs\n\nWe need bread. We need a new lamp. We need more time.");
  }

  @Test
  void an_editor_without_a_draft_fails_for_good(SwarmTestKit swarm) {
    swarm.agent("outliner", OutlinerAgent::new).agent("writer", () -> failing());
    swarm.agent("editor", EditorAgent::new);

    SwarmRun run = swarm.run("bread", new Pipeline().planner());

    assertThatRun(run)
        .hasOutcome("draft", new Outcome.Failed("no ink", false))
        .hasOutcome("edit", new Outcome.Failed("there is no draft", false));
  }

  private static Agent failing() {
    return Agent.blocking((_, _) -> AttemptEnd.impossible("no ink"));
  }
}
