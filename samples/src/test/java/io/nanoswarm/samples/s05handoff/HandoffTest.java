package io.nanoswarm.samples.s05handoff;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;

import io.nanoswarm.samples.Hosting;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.testkit.SwarmRun;
import io.nanoswarm.testkit.SwarmTest;
import io.nanoswarm.testkit.SwarmTestKit;
import org.junit.jupiter.api.Test;

@SwarmTest
class HandoffTest {
  @Test
  void a_task_goes_on_with_whoever_is_in_charge(SwarmTestKit swarm) {
    SwarmRun run = Hosting.run(swarm, new Handoff());

    assertThatRun(run).isCompleted().hasOutcome("serve", new Outcome.Completed("refunded"));
    assertThatBoard(run)
        .mentions("final/answer", "Your money is on its way.")
        .mentions("final/answer", "triage told me: a customer says: the lamp is broken");
  }

  @Test
  void another_wish_goes_elsewhere(SwarmTestKit swarm) {
    SwarmRun run = Hosting.run(swarm, new Handoff(), "a lamp, please");

    assertThatRun(run).isCompleted().hasOutcome("serve", new Outcome.Completed("sold"));
  }
}
