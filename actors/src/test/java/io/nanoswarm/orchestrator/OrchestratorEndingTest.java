package io.nanoswarm.orchestrator;

import static io.nanoswarm.orchestrator.OrchestratorFixture.MIRROR_GRACE;
import static io.nanoswarm.orchestrator.OrchestratorFixture.answer;
import static io.nanoswarm.orchestrator.OrchestratorFixture.gaveUp;
import static io.nanoswarm.orchestrator.Story.DONE;
import static io.nanoswarm.orchestrator.Story.NOW;
import static io.nanoswarm.orchestrator.Story.PLAN;
import static io.nanoswarm.orchestrator.Story.READ;
import static io.nanoswarm.orchestrator.Story.SESSION;
import static io.nanoswarm.orchestrator.Story.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorView;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How an orchestrator finds that its session is over, and what it does then. */
@ExtendWith(LogCapturingExtension.class)
class OrchestratorEndingTest {
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
  void a_session_is_completed_when_all_was_done_the_answer_stands_and_is_mirrored() {
    orchestrator.start();
    orchestrator.finish(DONE);
    var read = orchestrator.board(Blackboard.Read.class);
    assertThat(read.sections()).containsExactly(Section.FINAL);
    orchestrator.sessions.expectNoMessage();

    read.replyTo().tell(answer(7));
    var await = orchestrator.mirror.expectMessageClass(Mirror.AwaitRevision.class);
    orchestrator.sessions.expectNoMessage();
    await.replyTo().tell(new Mirror.Mirrored(7));

    assertThat(await.revision()).isEqualTo(7);
    assertThat(orchestrator.told(Session.Conclude.class).ending())
        .isEqualTo(new Ending.Completed());
  }

  @Test
  void a_session_without_answer_is_partial() {
    orchestrator.start();
    orchestrator.finish(DONE);

    orchestrator
        .board(Blackboard.Read.class)
        .replyTo()
        .tell(new Blackboard.Entries(List.of(), 7, null));
    orchestrator
        .mirror
        .expectMessageClass(Mirror.AwaitRevision.class)
        .replyTo()
        .tell(new Mirror.Behind(6, "disk full"));

    assertThat(orchestrator.told(Session.Conclude.class).ending())
        .isEqualTo(new Ending.Partial(List.of("nothing was written to final/")));
  }

  @Test
  void a_session_whose_answering_task_failed_has_failed() {
    orchestrator.start();
    orchestrator.finish(new Outcome.Failed("no words", false));

    orchestrator.board(Blackboard.Read.class).replyTo().tell(answer(7));
    orchestrator
        .mirror
        .expectMessageClass(Mirror.AwaitRevision.class)
        .replyTo()
        .tell(new Mirror.Mirrored(7));

    assertThat(orchestrator.told(Session.Conclude.class).ending())
        .isEqualTo(new Ending.Failed("Do answer: no words"));
  }

  @Test
  void a_mirror_that_does_not_catch_up_holds_up_no_conclusion() {
    orchestrator.start();
    orchestrator.finish(DONE);
    orchestrator.board(Blackboard.Read.class).replyTo().tell(answer(7));
    orchestrator.mirror.expectMessageClass(Mirror.AwaitRevision.class);

    orchestrator.pass(MIRROR_GRACE);

    assertThat(orchestrator.conclusion()).isEqualTo(new Ending.Completed());
  }

  @Test
  void a_session_times_out_at_its_limit_and_is_told_so_until_it_is_over() {
    orchestrator.state = opened(Duration.ofSeconds(8));
    orchestrator.now = NOW.plusSeconds(6);
    orchestrator.start();
    orchestrator.update();

    orchestrator.pass(Duration.ofSeconds(2));
    assertThat(orchestrator.told(Session.Conclude.class).ending()).isEqualTo(new Ending.TimedOut());

    orchestrator.passUntilWatch();
    assertThat(orchestrator.told(Session.Conclude.class).ending()).isEqualTo(new Ending.TimedOut());
  }

  @Test
  void a_session_without_limit_and_one_with_a_distant_one_go_on() {
    orchestrator.state =
        opened(Duration.ofDays(100_000_000)).apply(new SessionEvent.PlanRecorded(NOW, PLAN));
    orchestrator.start();

    orchestrator.update();

    assertThat(orchestrator.offered()).isEqualTo(READ);
  }

  @Test
  void a_session_fails_when_every_agent_of_a_role_that_waits_has_given_up() {
    orchestrator.start();
    orchestrator.update();
    orchestrator.offered();
    orchestrator.passUntilWatch();

    orchestrator
        .supervisor
        .expectMessageClass(Supervisor.GetAgents.class)
        .replyTo()
        .tell(new SupervisorView(List.of(gaveUp("researcher-1"), gaveUp("researcher-2"))));

    assertThat(orchestrator.conclusion())
        .isEqualTo(
            new Ending.Failed("every researcher has been given up, the last since out of memory"));
  }

  @Test
  void the_end_of_a_session_is_noted_its_offers_are_withdrawn_and_the_orchestrator_stops() {
    orchestrator.start();
    orchestrator.update();
    orchestrator.offered();

    orchestrator.update(new SessionEvent.SessionConcluded(NOW, new Ending.Cancelled("stopped")));

    assertThat(orchestrator.directory.receiveMessage())
        .isEqualTo(new SessionDirectory.NoteEnding(SESSION, "cancelled", NOW, null));
    assertThat(orchestrator.queue(TaskQueue.Withdraw.class))
        .isEqualTo(new TaskQueue.Withdraw(READ, null));
    orchestrator.expectStopped();
  }
}
