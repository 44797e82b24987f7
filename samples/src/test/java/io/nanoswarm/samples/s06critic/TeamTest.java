package io.nanoswarm.samples.s06critic;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;

import io.nanoswarm.samples.Hosting;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.testkit.SwarmRun;
import io.nanoswarm.testkit.SwarmTest;
import io.nanoswarm.testkit.SwarmTestKit;
import org.junit.jupiter.api.Test;

@SwarmTest
class TeamTest {
  @Test
  void a_draft_is_rejected_and_the_next_one_accepted(SwarmTestKit swarm) {
    SwarmRun run = Hosting.run(swarm, new Team());

    assertThatRun(run)
        .isCompleted()
        .hasOutcome("edit.critique-1", new Outcome.Completed("rejected: 9 words, and 6 would do"))
        .hasOutcome("edit", new Outcome.Completed("accepted in round 2"));
    assertThatBoard(run)
        .has("critiques/draft-1", "9 words, and 6 would do")
        .has("final/answer", "swarms of small agents answer large");
  }

  @Test
  void what_is_short_at_once_is_accepted_at_once(SwarmTestKit swarm) {
    SwarmRun run = Hosting.run(swarm, new Team(), "brief it is");

    assertThatRun(run).hasOutcome("edit", new Outcome.Completed("accepted in round 1"));
  }
}
