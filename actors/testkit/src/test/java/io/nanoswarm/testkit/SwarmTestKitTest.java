package io.nanoswarm.testkit;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatChannel;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.history.History;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.skill.SkillResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SwarmTest
class SwarmTestKitTest {
  private static final FixedPlan ONE = FixedPlan.of("write", "writer").with(toAnswer());
  private static final FixedPlan TWO =
      FixedPlan.of("read", "reader").and("write", "writer", "read").with(toAnswer());
  private static final Outcome DONE = new Outcome.Completed("done");

  @Test
  void a_plan_is_worked_off_to_its_answer(SwarmTestKit swarm) {
    swarm.agent("reader", () -> answering("read it")).agent("writer", () -> answering("wrote it"));

    SwarmRun run = swarm.run("what stands there?", TWO);

    assertThatRun(run)
        .isCompleted()
        .hasOutcome("read", new Outcome.Completed("read it"))
        .hasLostAttempts("write", 0);
    assertThatBoard(run).has("findings/read", "read it").has("final/answer", "wrote it");
    assertThatBoard(run).mentions("context", "what stands there?");
  }

  @Test
  void an_agent_that_is_killed_in_mid_attempt_is_followed_by_another_attempt(SwarmTestKit swarm) {
    swarm.agent("writer", () -> answering("wrote it"));
    swarm.on(Blackboard.Post.class).killAgent();

    SwarmRun run = swarm.run("go", ONE);

    assertThatRun(run).isCompleted().hasLostAttempts("write", 1);
    assertThatBoard(run).has("final/answer", "wrote it");
  }

  @Test
  void a_jvm_that_ends_is_noticed_and_its_task_is_done_again(SwarmTestKit swarm) {
    swarm.agent("writer", () -> answering("wrote it"));
    swarm.on(Blackboard.Post.class).endJvm();

    SwarmRun run = swarm.run("go", ONE);

    assertThatRun(run).isCompleted().hasLostAttempts("write", 1);
    assertThat(run.task("write").orElseThrow().history())
        .containsExactly("its worker writer-1-w1 died");
  }

  @Test
  void a_jvm_that_is_cut_off_loses_its_lease(SwarmTestKit swarm) {
    swarm.agents("writer", 2, () -> onSecondAttempt());
    SwarmRun run = swarm.open("go", ONE);
    run.awaitAttempt("write");
    var first = run.snapshot().running().values().iterator().next();

    swarm.cutOff(first.agent().value());
    run.awaitEnd();

    assertThat(run.task("write").orElseThrow().history())
        .containsExactly("its host did not renew the lease");
    assertThatRun(run).hasOutcome("write", DONE);
    assertThat(swarm.now()).isBefore(first.beganAt().plusSeconds(60));
  }

  @Test
  void a_jvm_that_is_reconnected_in_time_goes_on(SwarmTestKit swarm) {
    swarm.agent("writer", () -> afterTenMinutesOrSo());
    SwarmRun run = swarm.open("go", ONE);
    run.awaitAttempt("write");

    swarm.cutOff("writer-1");
    swarm.advance(Duration.ofSeconds(9));
    swarm.reconnect("writer-1");
    run.awaitEnd();

    assertThatRun(run).hasOutcome("write", DONE).hasLostAttempts("write", 0);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TaskQueue.Claim.class,
        TaskQueue.Match.class,
        Session.Begin.class,
        Session.Begun.class,
        Session.OfAttempt.class,
        Session.Accepted.class
      })
  void what_is_lost_is_said_again_and_costs_no_attempt(Class<?> lost, SwarmTestKit swarm) {
    swarm.on(lost).lose();
    swarm.agent("writer", () -> answering("wrote it"));

    SwarmRun run = swarm.run("go", ONE);

    assertThatRun(run).isCompleted().hasLostAttempts("write", 0);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        TaskQueue.Claim.class,
        TaskQueue.Match.class,
        Session.Begin.class,
        Session.Begun.class,
        Session.OfAttempt.class,
        Session.Accepted.class,
        Blackboard.Post.class,
        Blackboard.Posted.class
      })
  void what_comes_twice_or_late_changes_nothing(Class<?> message, SwarmTestKit swarm) {
    swarm.on(message).repeat();
    swarm.on(message).delay(Duration.ofSeconds(4));
    swarm.agent("writer", () -> answering("wrote it"));

    SwarmRun run = swarm.run("go", TWO_BY_ONE);

    assertThatRun(run).isCompleted().hasLostAttempts("write", 0);
    assertThatBoard(run).has("final/answer", "wrote it");
  }

  private static final FixedPlan TWO_BY_ONE =
      FixedPlan.of("read", "writer").and("write", "writer", "read").with(toAnswer());

  @Test
  void a_reply_that_is_lost_on_its_way_to_an_agent_fails_the_attempt_in_time(SwarmTestKit swarm) {
    swarm.on(Blackboard.Posted.class).lose();
    swarm.agent("writer", () -> answering("wrote it"));

    SwarmRun run = swarm.run("go", ONE);

    assertThatRun(run).isCompleted().hasLostAttempts("write", 1);
  }

  @Test
  void a_fault_concerns_the_messages_that_it_names_and_no_others(SwarmTestKit swarm) {
    swarm
        .on(Session.OfAttempt.class)
        .of("writer-2")
        .where(asked -> asked.task().name().equals("read"))
        .times(2)
        .endJvm();
    swarm.agent("writer", () -> answering("wrote it"));

    SwarmRun run = swarm.run("go", TWO_BY_ONE);

    assertThatRun(run).isCompleted().hasLostAttempts("read", 0).hasLostAttempts("write", 0);
  }

  @Test
  void no_task_is_lost_on_an_unreliable_network(SwarmTestKit swarm) {
    swarm.unreliable(0.2, 0.1).agents("writer", 3, () -> atOnce());
    var plan = FixedPlan.of("a", "writer").with(oftenTried());
    for (String name : List.of("b", "c", "d", "e", "f")) {
      plan = plan.and(name, "writer", oftenTried(), "a");
    }

    SwarmRun run = swarm.run("go", plan);

    for (String name : List.of("a", "b", "c", "d", "e", "f")) {
      assertThatRun(run).hasOutcome(name, DONE);
    }
  }

  @Test
  void a_session_that_restarts_has_its_running_tasks_done_again(SwarmTestKit swarm) {
    swarm.agent("writer", () -> answering("wrote it"));
    SwarmRun run = swarm.open("go", ONE);
    swarm.on(Blackboard.Post.class).restart(run);

    run.awaitEnd();

    assertThatRun(run).isCompleted().hasLostAttempts("write", 0);
    assertThatBoard(run).has("final/answer", "wrote it");
  }

  @Test
  void a_task_that_died_is_tried_again_and_its_session_ends_anew(SwarmTestKit swarm) {
    var luck = new AtomicBoolean();
    swarm.agent("reader", () -> luckless(luck));
    swarm.agent("writer", () -> answering("wrote it"));
    SwarmRun run = swarm.run("go", TWO);
    assertThat(run.ending().orElseThrow()).isInstanceOf(Ending.Partial.class);

    luck.set(true);
    assertThat(run.retry()).isTrue();
    run.awaitEnd();

    assertThatRun(run).isCompleted().hasOutcome("read", DONE).hasSoundHistory();
    assertThat(run.task("write").orElseThrow().retries()).isEqualTo(1);
    assertThat(run.retry()).isFalse();
  }

  @Test
  void a_task_that_never_ends_is_discarded_and_its_session_goes_on(SwarmTestKit swarm) {
    swarm.agent("reader", () -> silent());
    swarm.agent("writer", () -> answering("wrote it"));
    SwarmRun run = swarm.open("go", TWO);
    run.awaitAttempt("read");

    assertThat(run.discard("read", "takes too long")).isTrue();
    run.awaitEnd();

    assertThatRun(run).hasSoundHistory();
    assertThat(run.ending())
        .contains(new Ending.Partial(List.of("read: discarded: takes too long")));
    assertThat(run.discard("write", "why not")).isFalse();
  }

  @Test
  void what_is_durable_comes_back_from_its_journal(SwarmTestKit swarm) {
    swarm.agent("reader", () -> answering("read it"));
    SwarmRun run = swarm.open("go", TWO);
    run.await("read", _ -> run.outcome("read").isPresent());

    run.restartSession();
    run.restartBlackboard();
    run.restartOrchestrator();
    swarm.restartQueue("writer");
    swarm.agent("writer", () -> answering("wrote it"));
    run.awaitEnd();

    assertThatRun(run).isCompleted().hasOutcome("read", new Outcome.Completed("read it"));
    assertThatBoard(run).has("findings/read", "read it").has("final/answer", "wrote it");
  }

  @Test
  void an_hours_sleep_takes_no_time(SwarmTestKit swarm) {
    Instant morning = swarm.now().plus(Duration.ofHours(1));
    swarm.agent(
        "writer",
        () ->
            Agent.blocking((task, _) ->
                task.woken()
                    ? AttemptEnd.completed(String.valueOf(task.checkpoint()))
                    : new AttemptEnd.Slept(morning, "slept well")));

    SwarmRun run = swarm.run("go", ONE);

    assertThatRun(run).hasOutcome("write", new Outcome.Completed("slept well"));
    assertThat(swarm.now()).isAfterOrEqualTo(morning).isBefore(morning.plusSeconds(30));
  }

  @Test
  void a_time_limit_passes_without_waiting(SwarmTestKit swarm) {
    swarm.agent("writer", () -> onSecondAttempt());

    SwarmRun run = swarm.run("go", ONE);

    assertThat(run.task("write").orElseThrow().history()).containsExactly("its time limit passed");
    assertThatRun(run).hasOutcome("write", DONE);
  }

  @Test
  void a_person_is_asked_and_answers(SwarmTestKit swarm) {
    swarm.agent(
        "writer",
        () ->
            Agent.blocking((task, _) ->
                task.reply() == null
                    ? new AttemptEnd.AskedHuman("red or blue?", "asked")
                    : AttemptEnd.completed(task.reply())));
    SwarmRun run = swarm.open("go", ONE);

    assertThat(run.awaitQuestion("write")).isEqualTo("red or blue?");
    run.answer("write", "blue");
    run.awaitEnd();

    assertThatRun(run).hasOutcome("write", new Outcome.Completed("blue"));
  }

  @Test
  void a_session_is_cancelled(SwarmTestKit swarm) {
    SwarmRun run = swarm.open("go", ONE);

    run.cancel("enough");

    assertThatRun(run).hasEnded(new Ending.Cancelled("enough"));
  }

  @Test
  void a_skill_is_slow_and_another_fails(SwarmTestKit swarm) {
    var slow = ScriptedSkill.named("weigh");
    var failing = ScriptedSkill.named("lift").fails(SkillResult.Cause.FAILED, "too heavy");
    var weighed = slow.waits();
    swarm.after(
        Duration.ofMinutes(3),
        () -> weighed.complete(new SkillResult.Succeeded(TextNode.valueOf("10 kg"))));
    swarm.equip("writer", () -> slow).equip("writer", () -> failing);
    var nothing = JsonNodeFactory.instance.objectNode();
    swarm.agent(
        "writer",
        () ->
            Agent.blocking((_, context) ->
                AttemptEnd.completed(
                    context.call("weigh", nothing) + ", " + context.call("lift", nothing))));

    SwarmRun run = swarm.run("go", ONE);

    assertThatRun(run)
        .hasOutcome(
            "write",
            new Outcome.Completed(
                "Succeeded[value=\"10 kg\"], Failed[cause=FAILED, reason=too heavy]"));
    assertThat(slow.calls()).hasSize(1);
  }

  @Test
  void what_is_said_on_channels_is_heard_by_agents_and_by_the_test(SwarmTestKit swarm) {
    var questions = Channel.cluster("questions");
    var answers = Channel.durable("answers");
    swarm.agent("writer", () -> echo(questions, answers));
    SwarmRun run = swarm.open("go", ONE);
    run.awaitAttempt("write");
    swarm.settle();

    swarm.bus().publish(questions, "who?");
    run.awaitEnd();

    assertThatChannel(swarm.listen(answers)).said("who? I!");
  }

  @Test
  void the_same_seed_gives_the_same_order_and_others_give_others() {
    var orders = new HashSet<History>();
    for (long seed = 1; seed <= 5; seed++) {
      History order = order(seed);
      assertThat(order(seed)).isEqualTo(order);
      orders.add(order);
    }

    assertThat(orders).hasSizeGreaterThan(1);
  }

  private static History order(long seed) {
    try (var swarm = SwarmTestKit.create(seed)) {
      swarm.unreliable(0.1, 0.1).agents("writer", 3, () -> atOnce());
      var plan = FixedPlan.of("a", "writer").with(oftenTried());
      for (String name : List.of("b", "c", "d", "e")) {
        plan = plan.and(name, "writer", oftenTried());
      }
      SwarmRun run = swarm.open("go", plan, Path.of("/"));
      run.awaitEnd();
      return run.history();
    }
  }

  @Test
  void a_failure_names_its_seed() {
    try (var swarm = SwarmTestKit.create(4711)) {
      assertThatThrownBy(() -> swarm.await("the end of the world", () -> false))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("the end of the world has not come")
          .hasMessageContaining("-Dnanoswarm.seed=4711");
    }
  }

  @Test
  @SwarmTest(seed = 17)
  void a_seed_may_be_fixed(SwarmTestKit swarm) {
    assertThat(swarm.seed()).isEqualTo(17);
  }

  private static UnaryOperator<TaskSpec> toAnswer() {
    return spec -> spec.withParameter(Task.RESULT, "final/answer");
  }

  private static UnaryOperator<TaskSpec> oftenTried() {
    return spec -> spec.withLimits(new TaskSpec.Limits(100, Duration.ofMinutes(10)));
  }

  private static Agent answering(String text) {
    return (Agent.Answering) _ -> text;
  }

  private static Agent atOnce() {
    return performing((_, swarm) -> swarm.settle(DONE));
  }

  private static Agent onSecondAttempt() {
    return performing((task, swarm) -> {
      if (task.attempt() > 1) {
        swarm.settle(DONE);
      }
    });
  }

  private static Agent silent() {
    return performing((_, _) -> {});
  }

  private static Agent luckless(AtomicBoolean luck) {
    return performing(
        (_, swarm) -> swarm.settle(luck.get() ? DONE : new Outcome.Failed("no luck", true)));
  }

  private static Agent performing(BiConsumer<Task, SwarmContext> work) {
    return () ->
        Behaviors.receiveMessage(message -> {
          switch (message) {
            case Agent.Perform(var task, var swarm) -> work.accept(task, swarm);
            case Agent.Wake(var task, var swarm) -> work.accept(task, swarm);
            case Agent.Cancel _, Agent.Heard _ -> {}
          }
          return Behaviors.same();
        });
  }

  /** Answers what it hears first. */
  private static Agent echo(Channel questions, Channel answers) {
    return () -> {
      var attempt = new ArrayList<SwarmContext>();
      return Behaviors.receiveMessage(message -> {
        switch (message) {
          case Agent.Perform(_, var swarm) -> {
            attempt.add(swarm);
            swarm.hear(questions, 0);
          }
          case Agent.Heard(var heard) -> {
            var swarm = attempt.getFirst();
            swarm.bus().publish(answers, heard.text() + " I!").thenRun(() -> swarm.settle(DONE));
          }
          case Agent.Wake _, Agent.Cancel _ -> {}
        }
        return Behaviors.same();
      });
    };
  }

  /** Has a timer of its own. */
  private static Agent afterTenMinutesOrSo() {
    return () ->
        Behaviors.withTimers(timers -> {
          var attempt = new ArrayList<SwarmContext>();
          return Behaviors.receiveMessage(message -> {
            switch (message) {
              case Agent.Perform(var task, var swarm) -> {
                attempt.add(swarm);
                timers.startSingleTimer(
                    new Agent.Cancel(task.id(), "its own alarm"), Duration.ofMinutes(9));
              }
              case Agent.Cancel _ -> attempt.getLast().settle(DONE);
              case Agent.Wake _, Agent.Heard _ -> {}
            }
            return Behaviors.same();
          });
        });
  }
}
