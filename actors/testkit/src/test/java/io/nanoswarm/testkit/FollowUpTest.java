package io.nanoswarm.testkit;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatBoard;
import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A further question to a session that is over. */
@SwarmTest
class FollowUpTest {
  private static final FixedPlan PLAN =
      FixedPlan.of("read", "reader")
          .and("write", "writer", spec -> spec.withParameter(Task.RESULT, "final/answer"), "read");

  @Test
  void a_further_question_is_planned_anew_and_answered_beside_the_first(SwarmTestKit swarm) {
    swarm.agent("reader", FollowUpTest::reading).agent("writer", FollowUpTest::reading);
    SwarmRun run = swarm.run("what stands there?", PLAN);

    assertThat(run.ask("and where is it tested?")).isTrue();

    assertThat(run.awaitEnd()).isEqualTo(new Ending.Completed());
    assertThatRun(run)
        .hasOutcome("read", new Outcome.Completed("what stands there? after []"))
        .hasOutcome(
            "q2.read", new Outcome.Completed("and where is it tested? after [what stands there?]"))
        .hasSoundHistory();
    assertThatBoard(run)
        .has("findings/read", "what stands there? after []")
        .has("final/answer", "what stands there? after []")
        .has("findings/q2/read", "and where is it tested? after [what stands there?]")
        .has("final/answer-2", "and where is it tested? after [what stands there?]")
        .mentions("context", "and where is it tested?")
        .mentions("context", "1. what stands there?");
  }

  @Test
  void what_an_entry_was_posted_for_can_be_told(SwarmTestKit swarm) {
    var seen = new ArrayList<String>();
    swarm
        .agent("reader", FollowUpTest::reading)
        .agent(
            "writer",
            () ->
                Agent.blocking((task, context) -> {
                  for (Entry entry : context.read(Section.FINDINGS)) {
                    if (task.isOfThisQuestion(entry)) {
                      seen.add(((Author.Agent) entry.author()).task().name());
                    }
                  }
                  context.post(task.resultPath(), "answer");
                  return AttemptEnd.completed("done");
                }));
    SwarmRun run = swarm.run("first", PLAN);

    run.ask("second");
    run.awaitEnd();

    assertThat(seen).containsExactly("read", "q2.read");
  }

  @Test
  void the_planner_is_told_what_was_asked_before(SwarmTestKit swarm) {
    var told = new ArrayList<List<String>>();
    Planner planner =
        new Planner() {
          @Override
          public CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace) {
            throw new IllegalStateException("the other is asked");
          }

          @Override
          public CompletionStage<Plan> plan(
              SessionId session, Goal goal, Earlier earlier, Workspace workspace) {
            told.add(earlier.texts());
            return PLAN.plan(session, goal, workspace);
          }
        };
    swarm.agent("reader", FollowUpTest::reading).agent("writer", FollowUpTest::reading);
    SwarmRun run = swarm.run("first", planner);

    run.ask("second");
    run.awaitEnd();
    run.ask("third");
    run.awaitEnd();

    assertThat(told).containsExactly(List.of(), List.of("first"), List.of("first", "second"));
    assertThat(run.question()).isEqualTo(3);
    assertThatBoard(run).mentions("final/answer-3", "third");
  }

  @Test
  void while_a_question_is_worked_on_another_is_refused(SwarmTestKit swarm) {
    SwarmRun run = swarm.open("first", PLAN);

    assertThat(run.ask("second")).isFalse();
    assertThat(run.question()).isEqualTo(1);
  }

  @Test
  void what_failed_for_an_earlier_question_is_not_missing_from_the_next_answer(SwarmTestKit swarm) {
    var once = new TaskSpec.Limits(1, Duration.ofMinutes(1));
    swarm
        .agent(
            "reader",
            () ->
                Agent.blocking((task, context) -> {
                  if (task.earlier().asked() == 0) {
                    throw new IllegalStateException("unreadable");
                  }
                  return AttemptEnd.completed("read");
                }))
        .agent("writer", FollowUpTest::reading);
    SwarmRun run =
        swarm.run(
            "first",
            FixedPlan.of("read", "reader")
                .with(spec -> spec.withLimits(once))
                .and(
                    "write",
                    "writer",
                    spec -> spec.withParameter(Task.RESULT, "final/answer"),
                    "read"));
    assertThat(run.ending().orElseThrow()).isInstanceOf(Ending.Partial.class);

    run.ask("second");

    assertThat(run.awaitEnd()).isEqualTo(new Ending.Completed());
    assertThat(run.task("read").orElseThrow().phase()).isInstanceOf(TaskRecord.Dead.class);
    assertThatRun(run).hasSoundHistory();
  }

  @Test
  void a_time_limit_holds_for_the_further_question_alone(SwarmTestKit swarm) {
    swarm.agent("reader", FollowUpTest::reading).agent("writer", FollowUpTest::reading);
    SwarmRun run = swarm.run("first", PLAN);
    swarm.advance(Duration.ofHours(3));
    swarm.cutOff("reader-1");

    run.ask("second", Duration.ofHours(1));
    swarm.advance(Duration.ofMinutes(59));
    assertThat(run.ending()).isEmpty();

    assertThat(run.awaitEnd()).isEqualTo(new Ending.TimedOut());
  }

  private enum Loss {
    SESSION(SwarmRun::restartSession),
    BLACKBOARD(SwarmRun::restartBlackboard),
    ORCHESTRATOR(SwarmRun::restartOrchestrator);

    private final Consumer<SwarmRun> happens;

    Loss(Consumer<SwarmRun> happens) {
      this.happens = happens;
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_further_question_goes_on_whatever_is_lost_at_any_moment(Loss loss, SwarmTestKit swarm) {
    swarm.agent("reader", FollowUpTest::reading).agent("writer", FollowUpTest::reading);
    SwarmRun run = swarm.run("first", PLAN);

    loss.happens.accept(run);
    run.ask("second");
    loss.happens.accept(run);
    swarm.advance(Duration.ofMillis(10));
    loss.happens.accept(run);
    run.restartOrchestrator();

    assertThat(run.awaitEnd()).isEqualTo(new Ending.Completed());
    assertThatBoard(run).has("final/answer-2", "second after [first]");
    assertThatRun(run).hasSoundHistory();
  }

  private static Agent reading() {
    return Agent.blocking((task, context) -> {
      String text = "%s after %s".formatted(task.goal().text(), task.earlier().texts());
      context.post(task.resultPath(), text);
      return AttemptEnd.completed(text);
    });
  }
}
