package io.nanoswarm.testkit;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that people pause, and make more or less urgent, while tasks run and wait. */
@SwarmTest
class PacingTest {
  private static final FixedPlan THREE_WAIT =
      FixedPlan.of("a", "writer")
          .and("b", "writer")
          .and("c", "writer")
          .and("write", "writer", "a", "b", "c")
          .with(spec -> spec.withParameter(Task.RESULT, "final/answer"));

  /** What one agent has been given, in that order; it stays at the first until it is let go. */
  private static final class Writer {
    private final List<String> given = new ArrayList<>();
    private @Nullable Runnable first;

    Agent agent() {
      return () -> Behaviors.receiveMessage(this::on);
    }

    private Behavior<Agent.Message> on(Agent.Message message) {
      if (message instanceof Agent.Perform(var task, var swarm)) {
        given.add("%s %s".formatted(task.id().session(), task.id().name()));
        Runnable work = () -> complete(task, swarm);
        if (given.size() == 1) {
          first = work;
        } else {
          work.run();
        }
      }
      return Behaviors.same();
    }

    void letGo() {
      Objects.requireNonNull(first).run();
    }

    private static void complete(Task task, SwarmContext swarm) {
      var done = new Draft(task.resultPath(), "done", List.of(), Map.of());
      var _ =
          swarm.blackboard().post(done).thenRun(() -> swarm.settle(new Outcome.Completed("done")));
    }
  }

  @Test
  void an_agent_ends_what_it_has_of_a_paused_session_and_what_it_claims_ahead_is_not_begun(
      SwarmTestKit swarm) {
    var writer = new Writer();
    swarm.agent("writer", writer::agent);
    SwarmRun run = swarm.open("go", THREE_WAIT);
    run.awaitAttempt("a");

    assertThat(run.pause()).isTrue();
    writer.letGo();
    swarm.advance(Duration.ofHours(1));

    assertThat(run.task("a").orElseThrow().completed()).isTrue();
    assertThat(writer.given).containsExactly("session-1 a");
    assertThat(run.ending()).isEmpty();
    run.restartSession();
    run.restartOrchestrator();
    swarm.restartQueue("writer");
    swarm.advance(Duration.ofHours(1));
    assertThat(writer.given).hasSize(1);

    assertThat(run.unpause()).isTrue();
    run.awaitEnd();
    assertThatRun(run).isCompleted().hasSoundHistory();
  }

  @Test
  void an_agent_takes_what_is_more_urgent_before_what_has_waited_longer(SwarmTestKit swarm) {
    var writer = new Writer();
    swarm.agent("writer", writer::agent);
    SwarmRun early = swarm.open("go", THREE_WAIT);
    early.awaitAttempt("a");
    SwarmRun late = swarm.open("go", THREE_WAIT);
    swarm.advance(Duration.ofSeconds(10));

    assertThat(late.prioritise(Priority.HIGH)).isTrue();
    swarm.restartQueue("writer");
    swarm.advance(Duration.ofSeconds(10));
    writer.letGo();
    early.awaitEnd();
    late.awaitEnd();

    assertThat(writer.given)
        .hasSize(8)
        .startsWith("session-1 a", "session-2 a", "session-2 b", "session-2 c");
  }
}
