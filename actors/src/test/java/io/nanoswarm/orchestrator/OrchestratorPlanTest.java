package io.nanoswarm.orchestrator;

import static io.nanoswarm.orchestrator.OrchestratorFixture.snapshot;
import static io.nanoswarm.orchestrator.Story.NOW;
import static io.nanoswarm.orchestrator.Story.PLAN;
import static io.nanoswarm.orchestrator.Story.READ;
import static io.nanoswarm.orchestrator.Story.opened;
import static io.nanoswarm.orchestrator.Story.planned;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.planner.PlannerUnavailable;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a session without a plan to one that is stored, or to the end of both. */
@ExtendWith(LogCapturingExtension.class)
class OrchestratorPlanTest {
  private static final ActorTestKit kit = OrchestratorFixture.kit();

  private final OrchestratorFixture orchestrator = new OrchestratorFixture(kit);

  @AfterEach
  void stopOrchestrator() {
    orchestrator.close();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_session_without_plan_is_planned_once() {
    orchestrator.state = opened(null);
    orchestrator.start();
    orchestrator.update();
    orchestrator.update();

    orchestrator.plan.complete(PLAN);

    assertThat(orchestrator.told(Session.RecordPlan.class).plan()).isEqualTo(PLAN);
    assertThat(orchestrator.asked).hasValue(1);
    orchestrator.sessions.expectNoMessage();
  }

  @Test
  void a_plan_is_sent_again_until_the_session_has_it() {
    orchestrator.state = opened(null);
    orchestrator.start();
    orchestrator.update();
    orchestrator.plan.complete(PLAN);
    orchestrator.told(Session.RecordPlan.class);

    orchestrator.passUntilWatch();
    orchestrator.update();

    assertThat(orchestrator.told(Session.RecordPlan.class).plan()).isEqualTo(PLAN);
    assertThat(orchestrator.asked).hasValue(1);
    orchestrator.update(new SessionEvent.PlanRecorded(NOW, PLAN));
    assertThat(orchestrator.offered()).isEqualTo(READ);
    orchestrator.sessions.expectNoMessage();
  }

  @Test
  void goal_and_plan_are_posted_once_the_plan_is_stored() {
    orchestrator.state = opened(null);
    orchestrator.start();
    orchestrator.update();
    orchestrator.plan.complete(PLAN);
    var record = orchestrator.told(Session.RecordPlan.class);

    record.replyTo().tell(new Session.PlanStored(snapshot(planned())));

    var post = orchestrator.board(Blackboard.Post.class);
    assertThat(post.author()).isEqualTo(new Author.Swarm());
    assertThat(post.draft().content()).contains("How are amounts rounded?", "`answer`");
  }

  @Test
  void a_session_that_cannot_be_planned_fails_with_the_reason() {
    orchestrator.state = opened(null);
    orchestrator.start();
    orchestrator.update();

    orchestrator.plan.completeExceptionally(new IllegalStateException("the folder is empty"));

    var failed = new Ending.Failed("no plan: the folder is empty");
    assertThat(orchestrator.told(Session.Conclude.class).ending()).isEqualTo(failed);
    orchestrator.passUntilWatch();
    assertThat(orchestrator.told(Session.Conclude.class).ending()).isEqualTo(failed);
  }

  @Test
  void a_session_that_cannot_be_planned_for_now_is_planned_later() {
    orchestrator.state = opened(null);
    orchestrator.start();
    orchestrator.update();
    orchestrator.sessions.awaitAssert(() -> {
      assertThat(orchestrator.asked).hasValue(1);
      return null;
    });
    var first = orchestrator.plan;
    orchestrator.plan = CompletableFuture.completedFuture(PLAN);

    LoggingTestKit.warn("is not planned yet: [the database is away]")
        .expect(
            kit.system(),
            () -> {
              first.completeExceptionally(
                  new CompletionException(
                      new PlannerUnavailable(new IOException("the database is away"))));
              return null;
            });

    orchestrator.sessions.expectNoMessage();
    orchestrator.passUntilWatch();
    orchestrator.update();
    assertThat(orchestrator.told(Session.RecordPlan.class).plan()).isEqualTo(PLAN);
    assertThat(orchestrator.asked).hasValue(2);
  }

  @Test
  void a_session_that_another_node_has_planned_is_driven_though_it_could_not_be_planned_here() {
    orchestrator.state = opened(null);
    orchestrator.start();
    orchestrator.update();
    orchestrator.plan.completeExceptionally(new IllegalStateException("the folder is empty"));
    assertThat(orchestrator.told(Session.Conclude.class).unplanned()).isTrue();

    orchestrator.update(new SessionEvent.PlanRecorded(NOW, PLAN));

    assertThat(orchestrator.board(Blackboard.Post.class).draft().content()).contains("`answer`");
    assertThat(orchestrator.offered()).isEqualTo(READ);
    orchestrator.passUntilWatch();
    orchestrator.sessions.expectNoMessage();
  }

  @Test
  void who_cannot_plan_a_session_that_has_been_planned_meanwhile_decides_nothing() {
    orchestrator.state = opened(null);
    orchestrator.start();
    orchestrator.update();
    orchestrator.update(new SessionEvent.PlanRecorded(NOW, PLAN));
    assertThat(orchestrator.offered()).isEqualTo(READ);

    orchestrator.plan.completeExceptionally(new IllegalStateException("the folder is empty"));

    orchestrator.sessions.expectNoMessage();
    orchestrator.passUntilWatch();
    orchestrator.sessions.expectNoMessage();
  }

  @Test
  void a_session_whose_plan_is_invalid_fails_with_the_reasons() {
    orchestrator.state = opened(null);
    orchestrator.start();
    orchestrator.update();
    orchestrator.plan.complete(PLAN);

    orchestrator
        .told(Session.RecordPlan.class)
        .replyTo()
        .tell(new Session.PlanRefused(List.of("too big", "circular")));

    var conclude = orchestrator.told(Session.Conclude.class);
    assertThat(conclude.ending())
        .isEqualTo(new Ending.Failed("the plan is invalid: too big; circular"));
    assertThat(conclude.unplanned()).isTrue();
  }

  @Test
  void a_session_that_was_never_opened_is_not_driven() {
    orchestrator.state = new SessionState.Absent();
    orchestrator.start();

    orchestrator.update();

    orchestrator.expectStopped();
  }
}
