package io.nanoswarm.testkit;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What ends a session or an attempt from outside, at every stage that a session can be at: it holds
 * at its moment, nothing is stored of the work afterwards, and the agent works for the next
 * session.
 */
class DeadlineMatrixTest {
  /** What ends it. */
  private enum End {
    CANCEL,
    SESSION_LIMIT,
    TASK_LIMIT
  }

  /** Where the session stands. */
  private enum Stage {
    PLANNING,
    /** No agent of its role is free. */
    QUEUED,
    /** Given to a host, whose word that it begins is lost. */
    CLAIMED,
    RUNNING,
    /** Neither ends nor heeds that it should. */
    RUNNING_DEAF,
    SUSPENDED_ON_CHILDREN,
    WAITING_FOR_A_PERSON,
    /** All but the answer is there. */
    ANSWERING
  }

  /**
   * @param paused whether a person pauses the session at that stage
   */
  private record Pair(End end, Stage stage, boolean paused) {
    Pair(End end, Stage stage) {
      this(end, stage, false);
    }

    boolean isPossible() {
      return !IMPOSSIBLE.contains(new Pair(end, stage));
    }

    @Override
    public String toString() {
      return "%s while %s%s".formatted(end, stage, paused ? " and paused" : "");
    }
  }

  /** A task's limit is from the beginning of an attempt to its end: no attempt, no limit. */
  private static final Set<Pair> IMPOSSIBLE =
      Set.of(
          new Pair(End.TASK_LIMIT, Stage.PLANNING),
          new Pair(End.TASK_LIMIT, Stage.QUEUED),
          new Pair(End.TASK_LIMIT, Stage.CLAIMED),
          new Pair(End.TASK_LIMIT, Stage.SUSPENDED_ON_CHILDREN),
          new Pair(End.TASK_LIMIT, Stage.WAITING_FOR_A_PERSON));

  private static final Duration SESSION_LIMIT = Duration.ofMinutes(10);
  private static final Duration TASK_LIMIT = Duration.ofMinutes(2);
  private static final Duration BEFORE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofHours(1);

  @TestFactory
  Stream<DynamicTest> whatever_ends_a_session_holds_at_every_stage() {
    return Arrays.stream(End.values())
        .flatMap(end -> Arrays.stream(Stage.values()).map(stage -> new Pair(end, stage)))
        .filter(Pair::isPossible)
        .map(pair -> dynamicTest(pair.toString(), () -> check(pair)));
  }

  /**
   * The limit of a session stands still; an attempt's does not, for it goes on; and whoever cancels
   * waits for nothing.
   */
  @TestFactory
  Stream<DynamicTest> whatever_ends_a_session_holds_at_every_stage_while_it_is_paused() {
    return Arrays.stream(End.values())
        .flatMap(end -> Arrays.stream(Stage.values()).map(stage -> new Pair(end, stage, true)))
        .filter(Pair::isPossible)
        .map(pair -> dynamicTest(pair.toString(), () -> check(pair)));
  }

  private static void check(Pair pair) {
    try (var swarm = SwarmTestKit.create()) {
      var connected = new AtomicBoolean();
      boolean nobody = pair.stage() == Stage.QUEUED;
      if (!nobody) {
        swarm.agent("worker", () -> agent(pair.stage()));
      }
      if (pair.stage() == Stage.CLAIMED) {
        swarm
            .on(Session.Begin.class)
            .times(Integer.MAX_VALUE)
            .where(begin -> !connected.get() && isFirst(begin))
            .lose();
      }
      Instant opened = swarm.now();
      var limit = pair.end() == End.SESSION_LIMIT ? SESSION_LIMIT : null;
      SwarmRun run = swarm.open("first", planner(pair), limit);
      swarm.advance(BEFORE);
      assertThat(run.ending()).isEmpty();
      assertThat(reached(pair.stage(), run)).as("the stage is reached").isTrue();

      if (pair.paused()) {
        assertThat(run.pause()).isTrue();
      }
      if (pair.paused() && pair.end() == End.SESSION_LIMIT) {
        swarm.advance(PAUSE);
        assertThat(run.ending()).as("while it is paused").isEmpty();
        assertThat(run.unpause()).isTrue();
        opened = opened.plus(PAUSE);
      }

      Instant due =
          switch (pair.end()) {
            case CANCEL -> swarm.now();
            case SESSION_LIMIT -> opened.plus(SESSION_LIMIT);
            case TASK_LIMIT -> opened.plus(TASK_LIMIT);
          };
      if (pair.end() == End.CANCEL) {
        run.cancel("enough");
      } else {
        swarm.advance(Duration.between(swarm.now(), due).minusSeconds(1));
        assertThat(run.ending()).as("before its time").isEmpty();
        swarm.advance(Duration.ofSeconds(2));
      }

      if (pair.paused() && pair.end() == End.TASK_LIMIT) {
        // Unless nothing was left to do, and the session is over.
        assertThat(run.unpause()).isEqualTo(pair.stage() != Stage.ANSWERING);
      }
      var expected =
          switch (pair.end()) {
            case CANCEL -> new Ending.Cancelled("enough");
            case SESSION_LIMIT -> new Ending.TimedOut();
            case TASK_LIMIT -> run.awaitEnd();
          };
      assertThat(run.ending()).contains(expected);
      if (pair.end() == End.TASK_LIMIT) {
        boolean answering = pair.stage() == Stage.ANSWERING;
        assertThat(expected).isInstanceOf(answering ? Ending.Failed.class : Ending.Partial.class);
        var task = run.task(answering ? "answer" : "work").orElseThrow();
        assertThat(task.phase())
            .isInstanceOfSatisfying(
                TaskRecord.Dead.class,
                dead -> {
                  assertThat(dead.reason()).isEqualTo("its time limit passed");
                  assertThat(dead.at()).isBetween(due, due.plusSeconds(1));
                });
      }
      int events = run.history().session().size();
      var entries = run.entries();
      assertThat(run.history().session().getLast())
          .isInstanceOfSatisfying(
              SessionEvent.SessionConcluded.class,
              over -> {
                assertThat(over.at()).isAfterOrEqualTo(due);
                if (pair.end() != End.TASK_LIMIT) {
                  assertThat(over.at()).isBefore(due.plusSeconds(1));
                }
              });
      swarm.advance(Duration.ofHours(1));
      assertThat(run.history().session()).as("nothing is stored afterwards").hasSize(events);
      assertThat(run.entries()).isEqualTo(entries);
      assertThatRun(run).hasSoundHistory();

      connected.set(true);
      if (nobody) {
        swarm.agent("worker", () -> agent(pair.stage()));
      }
      SwarmRun next =
          swarm.run("next", FixedPlan.of("answer", "worker").with(DeadlineMatrixTest::toAnswer));
      assertThat(next.ending()).contains(new Ending.Completed());
    }
  }

  private static boolean isFirst(Session.Begin begin) {
    return begin.task().session().value().equals("session-1");
  }

  private static boolean reached(Stage stage, SwarmRun run) {
    var active = run.snapshot().active().orElseThrow();
    boolean runs = !run.snapshot().running().isEmpty();
    return switch (stage) {
      case PLANNING -> !active.planned();
      case QUEUED, CLAIMED -> active.planned() && !runs;
      case RUNNING, RUNNING_DEAF -> runs;
      case SUSPENDED_ON_CHILDREN, WAITING_FOR_A_PERSON ->
          run.task("work").orElseThrow().phase() instanceof TaskRecord.Suspended;
      case ANSWERING -> runs && run.task("work").orElseThrow().completed();
    };
  }

  private static Planner planner(Pair pair) {
    if (pair.stage() == Stage.PLANNING) {
      return (session, goal, workspace) -> new CompletableFuture<Plan>();
    }
    return FixedPlan.of("work", "worker")
        .with(spec -> limited(spec, pair))
        .and("answer", "worker", spec -> toAnswer(limited(spec, pair)), "work");
  }

  private static TaskSpec limited(TaskSpec spec, Pair pair) {
    var limit = pair.end() == End.TASK_LIMIT ? TASK_LIMIT : Duration.ofDays(1);
    return spec.withLimits(new TaskSpec.Limits(1, limit));
  }

  private static TaskSpec toAnswer(TaskSpec spec) {
    return spec.withParameter(Task.RESULT, "final/answer");
  }

  /** In the first session it stays at the stage; in any other it just does its work. */
  private static Agent agent(Stage stage) {
    return () -> Behaviors.setup(_ -> new Worker(stage).idle());
  }

  private static final class Worker {
    private final Stage stage;
    private @Nullable SwarmContext latest;

    Worker(Stage stage) {
      this.stage = stage;
    }

    Behavior<Agent.Message> idle() {
      return Behaviors.receiveMessage(message -> {
        switch (message) {
          case Agent.Perform(var task, var swarm) -> {
            latest = swarm;
            perform(task, swarm);
          }
          case Agent.Wake(_, var swarm) -> swarm.end(AttemptEnd.completed("woken"));
          case Agent.Cancel _ -> onCancel();
          case Agent.Heard _ -> {}
        }
        return Behaviors.same();
      });
    }

    private void onCancel() {
      if (stage != Stage.RUNNING_DEAF && latest != null) {
        latest.release("cancelled");
      }
    }

    private void perform(Task task, SwarmContext swarm) {
      boolean first = task.id().session().value().equals("session-1");
      boolean work = task.id().name().equals("work");
      boolean child = task.id().name().startsWith("work.");
      if (first && (child || (work && stays()) || (stage == Stage.ANSWERING && !work))) {
        return;
      }
      if (first && work && stage == Stage.SUSPENDED_ON_CHILDREN) {
        var part = TaskSpec.of(task.id().child("part"), new AgentRole("worker"), "a part");
        swarm.delegate(List.of(part), "waits");
      } else if (first && work && stage == Stage.WAITING_FOR_A_PERSON) {
        swarm.askHuman("which one?", "waits");
      } else {
        var done = new Draft(task.resultPath(), "done", List.of(), Map.of());
        var _ =
            swarm
                .blackboard()
                .post(done)
                .thenRun(() -> swarm.settle(new Outcome.Completed("done")));
      }
    }

    private boolean stays() {
      return stage == Stage.RUNNING || stage == Stage.RUNNING_DEAF;
    }
  }
}
