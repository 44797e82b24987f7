package io.nanoswarm.samples.s09bots;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;

import io.nanoswarm.channel.DurableChannel;
import io.nanoswarm.samples.Hosting;
import io.nanoswarm.testkit.SwarmRun;
import io.nanoswarm.testkit.SwarmTest;
import io.nanoswarm.testkit.SwarmTestKit;
import org.junit.jupiter.api.Test;

@SwarmTest
class BotsTest {
  @Test
  void two_bots_count_together(SwarmTestKit swarm) {
    SwarmRun run = Hosting.run(swarm, new Bots());

    assertThatRun(run).isCompleted();
    assertThatBoard(run).has("findings/even", "1 2 3 4 5 6").has("final/answer", "1 2 3 4 5 6");
  }

  @Test
  void a_bot_that_dies_in_between_takes_the_talk_up_again(SwarmTestKit swarm) {
    swarm
        .on(DurableChannel.Delivery.class)
        .of("bot-1")
        .where(heard -> heard.text().equals("3"))
        .endJvm();

    SwarmRun run = Hosting.run(swarm, new Bots());

    assertThatRun(run).isCompleted();
    assertThatBoard(run).has("final/answer", "1 2 3 4 5 6");
  }
}
