package io.nanoswarm.queue;

import static io.nanoswarm.queue.TaskQueueFixture.ANN;
import static io.nanoswarm.queue.TaskQueueFixture.BEN;
import static io.nanoswarm.queue.TaskQueueFixture.MATCH_EXPIRY;
import static io.nanoswarm.queue.TaskQueueFixture.MAX_OFFERS;
import static io.nanoswarm.queue.TaskQueueFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.queue.TaskQueue.HostLost;
import io.nanoswarm.queue.TaskQueue.Offer;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.TaskId;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** Offers meet claims, each at most once; what is offered again, withdrawn, or too much. */
class TaskQueueStateTest {
  private final TaskQueueFixture queue = new TaskQueueFixture();

  @Test
  void an_offer_waits_for_a_claim_and_a_claim_for_an_offer() {
    queue.offer("goal-1/a");
    assertThat(queue.matches()).isEmpty();
    assertThat(queue.claimed(ANN)).containsExactly("goal-1/a");

    assertThat(queue.claimed(BEN)).isEmpty();
    queue.offer("goal-1/b");
    assertThat(queue.matched()).containsExactly("goal-1/b");
  }

  @Test
  void a_claim_is_met_by_at_most_one_task_and_a_task_meets_one_claim() {
    queue.offer("goal-1/a");
    queue.offer("goal-1/b");

    assertThat(queue.claimed(ANN)).containsExactly("goal-1/a");
    assertThat(queue.matched()).isEmpty();
    assertThat(queue.claimed(BEN)).containsExactly("goal-1/b");
  }

  @Test
  void a_task_that_waits_is_not_added_again() {
    queue.offer("goal-1/a");
    queue.offer("goal-1/a");

    assertThat(queue.claimed(ANN)).hasSize(1);
    assertThat(queue.claimed(BEN)).isEmpty();
  }

  @Test
  void the_latest_offer_of_a_waiting_task_stands_in_its_place() {
    var later = TestInbox.<HostLost>create();
    queue.offer("goal-1/a");
    queue.offer("goal-1/b");

    queue.offer(new Offer(new TaskId("goal-1/a"), Priority.NORMAL, List.of(), later.getRef()));

    assertThat(queue.claimed(ANN)).containsExactly("goal-1/a");
    assertThat(queue.hostGone(ANN, worker(ANN)))
        .extracting(Offer::offerer)
        .containsExactly(later.getRef());
  }

  @Test
  void a_task_that_is_offered_again_with_another_priority_waits_there_as_long_as_it_has() {
    queue.offer("goal-1/a");
    queue.offer("goal-2/b", Priority.HIGH);
    queue.offer("goal-3/c");

    queue.offer("goal-1/a", Priority.HIGH);
    queue.offer("goal-2/b");

    assertThat(queue.claimed(ANN)).containsExactly("goal-1/a");
    assertThat(queue.claimed(BEN)).containsExactly("goal-2/b");
  }

  @Test
  void a_task_that_was_matched_a_moment_ago_is_not_added_again() {
    queue.offer("goal-1/a");
    queue.claimed(ANN);

    queue.offer("goal-1/a");
    assertThat(queue.claimed(BEN)).isEmpty();

    queue.pass(MATCH_EXPIRY);
    queue.offer("goal-1/a");
    assertThat(queue.matched()).containsExactly("goal-1/a");
  }

  @Test
  void a_task_whose_attempt_has_begun_and_ended_is_offered_anew_at_once() {
    queue.offer("goal-1/a");
    queue.claimed(ANN);
    queue.withdraw(new TaskId("goal-1/a"), ANN);

    queue.offer("goal-1/a");

    assertThat(queue.claimed(BEN)).containsExactly("goal-1/a");
  }

  @Test
  void a_task_that_is_withdrawn_is_given_to_nobody() {
    queue.offer("goal-1/a");
    queue.withdraw(new TaskId("goal-1/a"), null);

    assertThat(queue.claimed(ANN)).isEmpty();
  }

  @Test
  void a_full_queue_takes_no_further_offer_and_room_is_made_by_matches() {
    for (int i = 0; i < MAX_OFFERS; i++) {
      queue.offer("goal-1/t" + i);
    }
    var further =
        new Offer(new TaskId("goal-1/further"), Priority.URGENT, List.of(), queue.offerer.getRef());

    assertThat(queue.offer(further)).isFalse();
    queue.offer("goal-1/t0");
    queue.claimed(ANN);
    assertThat(queue.offer(further)).isTrue();
  }
}
