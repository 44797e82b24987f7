package io.nanoswarm.queue;

import static io.nanoswarm.queue.TaskQueueFixture.ANN;
import static io.nanoswarm.queue.TaskQueueFixture.BEN;
import static io.nanoswarm.queue.TaskQueueFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.queue.TaskQueue.Claim;
import io.nanoswarm.queue.TaskQueue.Offer;
import io.nanoswarm.session.TaskId;
import org.junit.jupiter.api.Test;

/** Which offers a host had that is gone. */
class QueueHostGoneTest {
  private final TaskQueueFixture queue = new TaskQueueFixture();

  @Test
  void the_offer_that_a_dead_host_was_given_is_found_once() {
    queue.offer("goal-1/a");
    queue.claimed(ANN);
    queue.withdraw(new TaskId("goal-1/a"), ANN);

    assertThat(queue.hostGone(ANN, new WorkerId("another"))).isEmpty();
    assertThat(queue.hostGone(BEN, worker(BEN))).isEmpty();
    assertThat(queue.hostGone(ANN, worker(ANN)))
        .extracting(Offer::task)
        .containsExactly(new TaskId("goal-1/a"));
    assertThat(queue.hostGone(ANN, worker(ANN))).isEmpty();
  }

  @Test
  void what_a_dead_jvm_had_does_not_wait_for_all_that_was_offered_since() {
    queue.offer("goal-1/a");
    queue.claimed(ANN);
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    for (int i = 0; i < 50; i++) {
      queue.offer("goal-1/later" + i);
    }

    var _ = queue.hostGone(ANN, worker(ANN));
    queue.offer("goal-1/a");

    assertThat(queue.claimed(BEN)).containsExactly("goal-1/a");
  }

  @Test
  void what_a_replaced_jvm_works_on_is_found_when_it_dies_though_another_of_its_name_claims() {
    queue.offer("goal-1/a");
    queue.claimed(ANN);
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    queue.offer("goal-1/b");
    queue.claim(queue.claimIn(new WorkerId("ann-w2")));
    assertThat(queue.matched()).containsExactly("goal-1/b");

    assertThat(queue.hostGone(ANN, worker(ANN)))
        .extracting(gone -> gone.task().name())
        .containsExactly("a");
    assertThat(queue.hostGone(ANN, new WorkerId("ann-w2")))
        .extracting(gone -> gone.task().name())
        .containsExactly("b");
  }

  @Test
  void a_host_that_dies_after_it_has_claimed_further_may_have_had_the_task_before() {
    queue.offer("goal-1/a");
    queue.claimed(ANN);
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    Claim further = queue.claimOf(ANN);
    queue.claim(further);
    queue.claim(further);

    assertThat(queue.hostGone(ANN, worker(ANN)))
        .extracting(gone -> gone.task().name())
        .containsExactly("a");

    queue.offer("goal-1/b");
    queue.offer("goal-1/c");
    queue.claimed(BEN);
    queue.claimed(BEN);
    assertThat(queue.hostGone(BEN, worker(BEN)))
        .extracting(gone -> gone.task().name())
        .containsExactly("b", "c");
  }

  @Test
  void of_one_agent_the_latest_jvms_alone_are_remembered() {
    for (int i = 1; i <= TaskQueueState.JVMS_PER_AGENT + 1; i++) {
      queue.offer("goal-1/t" + i);
      queue.claim(queue.claimIn(new WorkerId("ann-w" + i)));
      queue.withdraw(new TaskId("goal-1/t" + i), ANN);
    }

    assertThat(queue.hostGone(ANN, new WorkerId("ann-w1"))).isEmpty();
    assertThat(queue.hostGone(ANN, new WorkerId("ann-w2"))).hasSize(1);
  }
}
