package io.nanoswarm.orchestrator;

import static io.nanoswarm.orchestrator.OrchestratorFixture.OFFER_AGAIN;
import static io.nanoswarm.orchestrator.OrchestratorFixture.gaveUp;
import static io.nanoswarm.orchestrator.Story.ANSWER;
import static io.nanoswarm.orchestrator.Story.DONE;
import static io.nanoswarm.orchestrator.Story.NOW;
import static io.nanoswarm.orchestrator.Story.PLAN;
import static io.nanoswarm.orchestrator.Story.READ;
import static io.nanoswarm.orchestrator.Story.SESSION;
import static io.nanoswarm.orchestrator.Story.opened;
import static io.nanoswarm.orchestrator.Story.running;
import static io.nanoswarm.orchestrator.Story.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an orchestrator does, and leaves, while its session is paused. */
@ExtendWith(LogCapturingExtension.class)
class OrchestratorPauseTest {
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
  void what_waits_of_a_paused_session_is_withdrawn_and_nothing_is_offered_until_it_goes_on() {
    orchestrator.start();
    orchestrator.update();
    orchestrator.offered();

    orchestrator.update(new SessionEvent.SessionPaused(NOW));
    assertThat(orchestrator.queue(TaskQueue.Withdraw.class))
        .isEqualTo(new TaskQueue.Withdraw(READ, null));
    orchestrator.update(settled(READ, 1, DONE));
    orchestrator.passUntilWatch();
    orchestrator.update();
    orchestrator.queues.expectNoMessage();

    orchestrator.update(new SessionEvent.SessionUnpaused(NOW));
    assertThat(orchestrator.offered()).isEqualTo(ANSWER);
  }

  @Test
  void what_runs_when_its_session_is_paused_stays_with_its_host() {
    orchestrator.start();
    orchestrator.update();
    orchestrator.offered();
    orchestrator.began();
    orchestrator.queue(TaskQueue.Withdraw.class);

    var paused = new SessionEvent.SessionPaused(NOW);
    orchestrator.state = orchestrator.state.apply(paused);
    orchestrator.watcher.tell(
        new SessionUpdate(
            new SessionSnapshot(SESSION, orchestrator.state, Map.of(READ, running(READ, 1))),
            List.of(paused),
            null));

    orchestrator.queues.expectNoMessage();
  }

  @Test
  void a_pause_is_kept_by_an_orchestrator_that_has_missed_its_beginning() {
    orchestrator.state = orchestrator.state.apply(new SessionEvent.SessionPaused(NOW));
    orchestrator.start();

    orchestrator.update();

    assertThat(orchestrator.queue(TaskQueue.Withdraw.class))
        .isEqualTo(new TaskQueue.Withdraw(READ, null));
    orchestrator.queues.expectNoMessage();
    orchestrator.state = orchestrator.state.apply(new SessionEvent.SessionUnpaused(NOW));
    orchestrator.update();
    assertThat(orchestrator.offered()).isEqualTo(READ);
  }

  @Test
  void a_paused_session_is_not_planned_until_it_goes_on() {
    orchestrator.state = opened(null).apply(new SessionEvent.SessionPaused(NOW));
    orchestrator.plan.complete(PLAN);
    orchestrator.start();
    orchestrator.update();
    orchestrator.passUntilWatch();
    assertThat(orchestrator.asked).hasValue(0);

    orchestrator.update(new SessionEvent.SessionUnpaused(NOW));
    assertThat(orchestrator.told(Session.RecordPlan.class).plan()).isEqualTo(PLAN);
    assertThat(orchestrator.asked).hasValue(1);
  }

  @Test
  void the_time_limit_of_a_paused_session_stands_still() {
    orchestrator.state =
        opened(Duration.ofSeconds(8)).apply(new SessionEvent.PlanRecorded(NOW, PLAN));
    orchestrator.start();
    orchestrator.update();
    orchestrator.now = NOW.plusSeconds(2);
    orchestrator.update(new SessionEvent.SessionPaused(orchestrator.now));

    orchestrator.pass(Duration.ofHours(1));
    orchestrator.update(new SessionEvent.SessionUnpaused(orchestrator.now));
    orchestrator.pass(Duration.ofSeconds(5));
    orchestrator.update();
    orchestrator.pass(Duration.ofSeconds(1));

    assertThat(orchestrator.conclusion()).isEqualTo(new Ending.TimedOut());
    assertThat(orchestrator.now).isEqualTo(NOW.plusSeconds(8).plus(Duration.ofHours(1)));
  }

  @Test
  void a_clock_that_fired_just_before_a_pause_fires_again_when_the_session_goes_on() {
    orchestrator.state =
        opened(Duration.ofSeconds(4)).apply(new SessionEvent.PlanRecorded(NOW, PLAN));
    orchestrator.start();
    orchestrator.update();
    orchestrator.pass(Duration.ofSeconds(4));
    assertThat(orchestrator.told(Session.Conclude.class).ending()).isEqualTo(new Ending.TimedOut());

    orchestrator.update(new SessionEvent.SessionPaused(orchestrator.now));
    orchestrator.pass(OFFER_AGAIN);
    orchestrator.told(Session.Watch.class);
    orchestrator.sessions.expectNoMessage();

    orchestrator.update(new SessionEvent.SessionUnpaused(orchestrator.now));
    orchestrator.time.timePasses(Duration.ofMillis(1));
    assertThat(orchestrator.told(Session.Conclude.class).ending()).isEqualTo(new Ending.TimedOut());
  }

  @Test
  void a_paused_session_does_not_fail_for_want_of_agents() {
    orchestrator.start();
    orchestrator.update(new SessionEvent.SessionPaused(NOW));
    orchestrator.passUntilWatch();

    orchestrator
        .supervisor
        .expectMessageClass(Supervisor.GetAgents.class)
        .replyTo()
        .tell(new SupervisorView(List.of(gaveUp("researcher-1"))));

    orchestrator.sessions.expectNoMessage();
  }
}
