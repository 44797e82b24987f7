package io.nanoswarm.orchestrator;

import static io.nanoswarm.orchestrator.Story.AGENT;
import static io.nanoswarm.orchestrator.Story.ANSWER;
import static io.nanoswarm.orchestrator.Story.DONE;
import static io.nanoswarm.orchestrator.Story.NOW;
import static io.nanoswarm.orchestrator.Story.READ;
import static io.nanoswarm.orchestrator.Story.SESSION;
import static io.nanoswarm.orchestrator.Story.WORKER;
import static io.nanoswarm.orchestrator.Story.cutOff;
import static io.nanoswarm.orchestrator.Story.fence;
import static io.nanoswarm.orchestrator.Story.planned;
import static io.nanoswarm.orchestrator.Story.running;
import static io.nanoswarm.orchestrator.Story.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionUpdate;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is offered of a session that is planned, and what its blackboard is told of attempts. */
@ExtendWith(LogCapturingExtension.class)
class OrchestratorTest {
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
  void only_what_is_ready_is_offered_and_once() {
    orchestrator.start();

    orchestrator.update();
    orchestrator.update();

    assertThat(orchestrator.offered()).isEqualTo(READ);
    orchestrator.queues.expectNoMessage();
    orchestrator.update(settled(READ, 1, DONE));
    assertThat(orchestrator.offered()).isEqualTo(ANSWER);
    orchestrator.queues.expectNoMessage();
  }

  @Test
  void a_task_that_no_node_could_do_is_abandoned_at_once_with_the_reason() {
    orchestrator.lacking = List.of(new Need("bin:gh"));
    orchestrator.start();

    orchestrator.update();

    assertThat(orchestrator.told(Session.Abandon.class))
        .isEqualTo(new Session.Abandon(READ, "no node offers gh; 2 nodes up"));
    orchestrator.queues.expectNoMessage();
  }

  @Test
  void what_a_node_has_since_is_seen_with_the_next_offers() {
    orchestrator.lacking = List.of(new Need("bin:gh"));
    orchestrator.start();
    orchestrator.update();
    orchestrator.told(Session.Abandon.class);

    orchestrator.lacking = List.of();
    orchestrator.passUntilWatch();
    orchestrator.update();

    assertThat(orchestrator.queues.receiveMessage().message()).isInstanceOf(TaskQueue.Offer.class);
  }

  @Test
  void what_is_still_ready_is_offered_again_after_a_while() {
    orchestrator.start();
    orchestrator.update();
    orchestrator.offered();

    orchestrator.passUntilWatch();
    orchestrator.update();

    assertThat(orchestrator.offered()).isEqualTo(READ);
  }

  @Test
  void a_task_that_runs_is_withdrawn_and_not_offered() {
    orchestrator.start();
    orchestrator.update();
    orchestrator.offered();

    orchestrator.began();

    assertThat(orchestrator.queue(TaskQueue.Withdraw.class))
        .isEqualTo(new TaskQueue.Withdraw(READ, AGENT));
    orchestrator.passUntilWatch();
    orchestrator.watcher.tell(
        new SessionUpdate(
            new SessionSnapshot(SESSION, orchestrator.state, Map.of(READ, running(READ, 1))),
            List.of(),
            null));
    orchestrator.queues.expectNoMessage();
    orchestrator.update(cutOff(READ, 1));
    assertThat(orchestrator.offered()).isEqualTo(READ);
  }

  @Test
  void the_loss_of_a_host_is_told_to_the_session() {
    orchestrator.start();
    orchestrator.update();
    var offer = orchestrator.queue(TaskQueue.Offer.class);

    offer.offerer().tell(new TaskQueue.HostLost(READ, AGENT, WORKER));

    assertThat(orchestrator.told(Session.HostLost.class))
        .isEqualTo(new Session.HostLost(READ, WORKER, "its worker researcher-1-w1 died"));
    assertThat(orchestrator.offered()).isEqualTo(READ);
  }

  @Test
  void what_waits_is_offered_again_when_its_session_is_more_urgent() {
    orchestrator.start();
    orchestrator.update();
    assertThat(orchestrator.queue(TaskQueue.Offer.class).priority()).isEqualTo(Priority.HIGH);

    orchestrator.update(new SessionEvent.SessionPrioritised(NOW, Priority.LOW));
    assertThat(orchestrator.queue(TaskQueue.Offer.class).priority()).isEqualTo(Priority.NORMAL);

    orchestrator.update(settled(READ, 1, DONE));
    assertThat(orchestrator.queue(TaskQueue.Offer.class).priority()).isEqualTo(Priority.NORMAL);
  }

  @Test
  void what_an_attempt_posted_counts_only_if_it_settled_its_task() {
    orchestrator.start();
    orchestrator.update();

    orchestrator.update(cutOff(READ, 1));
    assertThat(orchestrator.ended()).isEqualTo("goal-1/read 1.1 false");
    orchestrator.update(settled(READ, 2, DONE));
    assertThat(orchestrator.ended()).isEqualTo("goal-1/read 1.2 true");
    orchestrator.update();
    orchestrator.boards.expectNoMessage();
  }

  @Test
  void what_ended_while_nobody_listened_is_told_to_the_blackboard() {
    orchestrator.start();
    orchestrator.update();

    orchestrator.state = orchestrator.state.apply(settled(READ, 2, DONE));
    orchestrator.update();

    assertThat(orchestrator.ended()).isEqualTo("goal-1/read 1.2 true");
  }

  @Test
  void an_orchestrator_that_starts_late_goes_on_from_what_is_stored() {
    orchestrator.state = planned().apply(settled(READ, 1, DONE)).apply(cutOff(ANSWER, 2));
    orchestrator.start();

    orchestrator.update();

    assertThat(List.of(orchestrator.ended(), orchestrator.ended()))
        .containsExactlyInAnyOrder("goal-1/read 1.1 true", "goal-1/answer 1.2 false");
    assertThat(orchestrator.offered()).isEqualTo(ANSWER);
    assertThat(orchestrator.asked).hasValue(0);
  }

  @Test
  void a_suspended_attempt_keeps_what_it_posted_when_another_orchestrator_takes_over() {
    orchestrator.state =
        planned()
            .apply(
                new SessionEvent.TaskSuspended(
                    NOW,
                    READ,
                    fence(1),
                    AGENT,
                    "c",
                    new io.nanoswarm.session.Wait.ForPerson("why?"),
                    List.of()));
    orchestrator.start();

    orchestrator.update();

    orchestrator.board(Blackboard.Post.class);
    orchestrator.boards.expectNoMessage();
  }
}
