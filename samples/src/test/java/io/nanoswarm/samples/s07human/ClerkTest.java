package io.nanoswarm.samples.s07human;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.samples.Hosting;
import io.nanoswarm.testkit.SwarmRun;
import io.nanoswarm.testkit.SwarmTest;
import io.nanoswarm.testkit.SwarmTestKit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@SwarmTest
class ClerkTest {
  @Test
  void nothing_is_done_before_a_person_has_said_so(SwarmTestKit swarm) {
    Hosting.host(swarm, new Clerk());
    SwarmRun run = swarm.open("throw the old files away", new Clerk().planner());

    assertThat(run.awaitQuestion("act")).isEqualTo("Shall I? (throw the old files away)");
    swarm.advance(Duration.ofDays(1));
    assertThatBoard(run).lacks("final/answer");
    run.answer("act", "yes");
    run.awaitEnd();

    assertThatRun(run).isCompleted();
    assertThatBoard(run).has("final/answer", "Done.");
  }

  @Test
  void a_person_may_say_no(SwarmTestKit swarm) {
    Hosting.host(swarm, new Clerk());
    SwarmRun run = swarm.open("throw the old files away", new Clerk().planner());

    run.answer("act", "not today");
    run.awaitEnd();

    assertThatBoard(run).has("final/answer", "Nothing was done, as you said: not today");
  }
}
