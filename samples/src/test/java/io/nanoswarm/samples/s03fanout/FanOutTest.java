package io.nanoswarm.samples.s03fanout;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;

import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.samples.Hosting;
import io.nanoswarm.testkit.SwarmRun;
import io.nanoswarm.testkit.SwarmTest;
import io.nanoswarm.testkit.SwarmTestKit;
import org.junit.jupiter.api.Test;

@SwarmTest
class FanOutTest {
  @Test
  void what_is_counted_at_the_same_time_is_added_up(SwarmTestKit swarm) {
    SwarmRun run = Hosting.run(swarm, new FanOut(), "one two three four five");

    assertThatRun(run).isCompleted();
    assertThatBoard(run).has("findings/count-0", "7").has("final/answer", "19 letters, in 4 parts");
  }

  @Test
  void the_death_of_a_counter_changes_nothing_of_the_sum(SwarmTestKit swarm) {
    swarm.on(Blackboard.Post.class).of("counter-1").endJvm();

    SwarmRun run = Hosting.run(swarm, new FanOut(), "one two three four five");

    assertThatRun(run).isCompleted();
    assertThatBoard(run).has("final/answer", "19 letters, in 4 parts");
  }
}
