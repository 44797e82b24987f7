package io.nanoswarm.samples.s04delegation;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;

import io.nanoswarm.samples.Hosting;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.testkit.SwarmRun;
import io.nanoswarm.testkit.SwarmTest;
import io.nanoswarm.testkit.SwarmTestKit;
import org.junit.jupiter.api.Test;

@SwarmTest
class DelegationTest {
  @Test
  void a_tree_of_delegations_to_its_own_role_ends_with_one_agent(SwarmTestKit swarm) {
    SwarmRun run = Hosting.run(swarm, new Delegation());

    assertThatRun(run).isCompleted().hasOutcome("sum.left.right", new Outcome.Completed("5"));
    assertThatBoard(run).has("final/answer", "The sum is 31.");
  }

  @Test
  void what_is_no_number_is_said_to_be_none(SwarmTestKit swarm) {
    SwarmRun run = Hosting.run(swarm, new Delegation(), "1 two");

    assertThatRun(run).hasLostAttempts("sum.right", 3).hasLostAttempts("sum", 3);
    assertThatBoard(run).lacks("final/answer");
  }
}
