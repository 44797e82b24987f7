package io.nanoswarm.samples.s10nodeloss;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;

import io.nanoswarm.memory.AgentMemory;
import io.nanoswarm.samples.Hosting;
import io.nanoswarm.testkit.SwarmRun;
import io.nanoswarm.testkit.SwarmTest;
import io.nanoswarm.testkit.SwarmTestKit;
import org.junit.jupiter.api.Test;

@SwarmTest
class NodeLossTest {
  @Test
  void what_was_remembered_is_not_done_again_after_the_death_of_the_jvm(SwarmTestKit swarm) {
    swarm.on(AgentMemory.Remembered.class).endJvm();

    SwarmRun run = Hosting.run(swarm, new NodeLoss());

    assertThatRun(run).isCompleted().hasLostAttempts("walk", 1);
    assertThatBoard(run).has("final/answer", "Attempt 2 began with step 2.");
  }
}
