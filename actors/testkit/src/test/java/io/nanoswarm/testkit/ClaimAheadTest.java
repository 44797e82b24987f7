package io.nanoswarm.testkit;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.Task;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can go wrong between an outcome and the next attempt, while tasks wait. */
@SwarmTest
class ClaimAheadTest {
  private static final FixedPlan THREE_WAIT =
      FixedPlan.of("a", "writer")
          .and("b", "writer")
          .and("c", "writer")
          .and("write", "writer", "a", "b", "c")
          .with(spec -> spec.withParameter(Task.RESULT, "final/answer"));

  /** Of a host that has had an attempt. */
  private enum Message {
    CLAIM(swarm -> swarm.on(TaskQueue.Claim.class).where(claim -> claim.claimId() == 2)),
    GRANT(swarm -> swarm.on(Session.Begun.class).where(begun -> begun.claim() == 2)),
    OUTCOME(swarm ->
        swarm
            .on(Session.OfAttempt.class)
            .where(asked -> asked.request() instanceof AttemptRequest.Settle)),
    CONFIRMATION(swarm -> swarm.on(Session.Accepted.class));

    private final Function<SwarmTestKit, Fault<?>> fault;

    Message(Function<SwarmTestKit, Fault<?>> fault) {
      this.fault = fault;
    }
  }

  @Test
  void what_waits_is_begun_in_the_name_of_its_host(SwarmTestKit swarm) {
    var granted = new AtomicInteger();
    swarm
        .on(Session.Begun.class)
        .where(begun -> begun.claim() != 0 && granted.incrementAndGet() < 0)
        .lose();
    swarm.agent("writer", ClaimAheadTest::answering);

    SwarmRun run = swarm.run("go", THREE_WAIT);

    assertThatRun(run).isCompleted();
    assertThat(granted).hasValueGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void what_is_lost_is_said_again_and_costs_no_attempt(Message message, SwarmTestKit swarm) {
    costsNothing(swarm, message, Fault::lose);
  }

  @ParameterizedTest
  @EnumSource
  void what_comes_twice_changes_nothing(Message message, SwarmTestKit swarm) {
    costsNothing(swarm, message, Fault::repeat);
  }

  @ParameterizedTest
  @EnumSource
  void what_comes_late_costs_no_attempt(Message message, SwarmTestKit swarm) {
    costsNothing(swarm, message, fault -> fault.delay(Duration.ofSeconds(4)));
  }

  /** Longer than it is waited for an outcome, and overtaken by what came after it. */
  @ParameterizedTest
  @EnumSource
  void what_is_overtaken_costs_no_attempt(Message message, SwarmTestKit swarm) {
    costsNothing(swarm, message, fault -> fault.delay(Duration.ofMillis(20)));
  }

  @ParameterizedTest
  @EnumSource
  void a_jvm_that_ends_in_between_costs_an_attempt_at_most_and_no_outcome(
      Message message, SwarmTestKit swarm) {
    message.fault.apply(swarm).endJvm();
    swarm.agents("writer", 2, ClaimAheadTest::answering);

    Instant opened = swarm.now();

    SwarmRun run = swarm.run("go", THREE_WAIT);

    assertThatRun(run).isCompleted().hasSoundHistory();
    assertThat(lost(run)).isLessThanOrEqualTo(2);
    assertThat(swarm.now()).as("nobody waits for a lease").isBefore(opened.plusSeconds(15));
  }

  @ParameterizedTest
  @EnumSource
  void a_session_that_restarts_in_between_loses_no_outcome(Message message, SwarmTestKit swarm) {
    swarm.agent("writer", ClaimAheadTest::answering);
    SwarmRun run = swarm.open("go", THREE_WAIT);
    message.fault.apply(swarm).restart(run);

    run.awaitEnd();

    assertThatRun(run).isCompleted().hasSoundHistory();
  }

  private static void costsNothing(
      SwarmTestKit swarm, Message message, Consumer<Fault<?>> befalls) {
    befalls.accept(message.fault.apply(swarm));
    swarm.agent("writer", ClaimAheadTest::answering);

    SwarmRun run = swarm.run("go", THREE_WAIT);

    assertThatRun(run).isCompleted().hasSoundHistory();
    assertThat(lost(run)).isZero();
    assertThatBoard(run).has("final/answer", "done");
  }

  private static long lost(SwarmRun run) {
    return run.history().session().stream()
        .filter(event -> event instanceof SessionEvent.AttemptEnded ended && ended.counted())
        .count();
  }

  private static Agent answering() {
    return (Agent.Answering) _ -> "done";
  }
}
