package io.nanoswarm.queue;

import static io.nanoswarm.queue.TaskQueueFixture.ANN;
import static io.nanoswarm.queue.TaskQueueFixture.BEN;
import static io.nanoswarm.queue.TaskQueueFixture.GH;
import static io.nanoswarm.queue.TaskQueueFixture.WITH_GH;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.queue.TaskQueue.Claim;
import io.nanoswarm.session.Priority;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Tasks that need something of the node of a host. */
class QueueNeedsTest {
  private final TaskQueueFixture queue = new TaskQueueFixture();

  @Test
  void a_task_is_matched_only_with_a_host_whose_node_offers_what_it_needs() {
    queue.offer("goal-1/a", Priority.NORMAL, GH);

    assertThat(queue.claimed(ANN)).isEmpty();
    queue.claim(queue.claimOf(BEN, WITH_GH));
    assertThat(queue.matched()).containsExactly("goal-1/a");
  }

  @Test
  void a_host_that_waits_is_found_among_those_that_lack_something() {
    queue.claim(queue.claimOf(ANN));
    queue.claim(queue.claimOf(BEN, WITH_GH));

    queue.offer("goal-1/a", Priority.NORMAL, GH);

    assertThat(queue.matches())
        .singleElement()
        .satisfies(match -> assertThat(match.claim().agent()).isEqualTo(BEN));
  }

  @Test
  void a_task_that_finds_no_host_holds_up_no_other() {
    queue.offer("goal-1/a", Priority.URGENT, GH);
    queue.offer("goal-1/b", Priority.LOW);
    queue.offer("goal-1/c", Priority.LOW);

    assertThat(queue.drain(2)).containsExactly("b", "c");
    queue.claim(queue.claimOf(BEN, WITH_GH));
    assertThat(queue.matched()).containsExactly("goal-1/a");
  }

  @Test
  void sessions_take_turns_and_priorities_hold_whatever_their_tasks_need() {
    queue.offer("goal-a/a1", Priority.NORMAL, GH);
    queue.offer("goal-a/a2");
    queue.offer("goal-b/b1");
    queue.offer("goal-b/b2", Priority.HIGH, GH);

    var order = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      queue.claim(queue.claimOf(BEN, WITH_GH));
      order.addAll(queue.matched());
    }

    assertThat(order).containsExactly("goal-b/b2", "goal-a/a1", "goal-b/b1", "goal-a/a2");
  }

  @Test
  void a_claim_that_comes_again_counts_with_what_its_node_offers_by_then() {
    queue.offer("goal-1/a", Priority.NORMAL, GH);
    var before = queue.claimOf(ANN);
    queue.claim(before);

    queue.claim(
        new Claim(
            before.claimId(),
            ANN,
            before.worker(),
            WITH_GH,
            before.host(),
            before.cancellations(),
            before.beginnings()));

    assertThat(queue.matched()).containsExactly("goal-1/a");
    queue.claim(before);
    assertThat(queue.matched()).containsExactly("goal-1/a");
  }
}
