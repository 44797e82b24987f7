package io.nanoswarm.queue;

import static io.nanoswarm.queue.TaskQueueFixture.ANN;
import static io.nanoswarm.queue.TaskQueueFixture.BEN;
import static io.nanoswarm.queue.TaskQueueFixture.CLAIM_EXPIRY;
import static io.nanoswarm.queue.TaskQueueFixture.MATCH_EXPIRY;
import static io.nanoswarm.queue.TaskQueueFixture.worker;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.queue.TaskQueue.Claim;
import io.nanoswarm.queue.TaskQueueState.Matched;
import io.nanoswarm.session.TaskId;
import org.junit.jupiter.api.Test;

/** Claims that come again, come late, are taken back, or are met when they come. */
class QueueClaimsTest {
  private final TaskQueueFixture queue = new TaskQueueFixture();

  @Test
  void a_claim_expires_unless_it_is_sent_again() {
    var claim = queue.claimOf(ANN);
    queue.claim(claim);
    queue.pass(CLAIM_EXPIRY.minusSeconds(1));
    queue.claim(claim);
    queue.pass(CLAIM_EXPIRY.minusSeconds(1));
    queue.offer("goal-1/a");
    assertThat(queue.matched()).containsExactly("goal-1/a");

    queue.claim(queue.claimOf(BEN));
    queue.pass(CLAIM_EXPIRY);
    queue.offer("goal-1/b");
    assertThat(queue.matched()).isEmpty();
  }

  @Test
  void the_same_claim_again_is_answered_with_the_same_match() {
    queue.offer("goal-1/a");
    queue.offer("goal-1/b");
    var claim = queue.claimOf(ANN);
    queue.claim(claim);
    var first = queue.matches();

    queue.claim(claim);

    assertThat(queue.matches()).isEqualTo(first);
    assertThat(queue.claimed(BEN)).containsExactly("goal-1/b");
  }

  @Test
  void a_claim_replaces_the_earlier_one_of_the_same_agent() {
    queue.claim(queue.claimOf(ANN));
    var latest = queue.claimOf(ANN);
    queue.claim(latest);
    queue.offer("goal-1/a");
    queue.offer("goal-1/b");

    assertThat(queue.matches())
        .singleElement()
        .satisfies(match -> assertThat(match.claim()).isEqualTo(latest));
  }

  @Test
  void an_earlier_claim_that_comes_late_replaces_no_later_one() {
    Claim earlier = queue.claimOf(ANN);
    queue.offer("goal-1/a");
    Claim later = queue.claimOf(ANN);
    queue.claim(later);
    assertThat(queue.matched()).containsExactly("goal-1/a");
    queue.offer("goal-1/b");

    queue.claim(earlier);
    assertThat(queue.matched()).isEmpty();

    assertThat(queue.claimed(BEN)).containsExactly("goal-1/b");
    Claim waits = queue.claimOf(ANN);
    queue.claim(waits);
    queue.claim(later);
    queue.offer("goal-1/c");
    assertThat(queue.matches()).singleElement().matches(match -> match.claim().equals(waits));
  }

  @Test
  void a_late_copy_of_a_claim_that_has_waited_and_whose_task_has_begun_is_given_nothing() {
    var claim = queue.claimOf(ANN);
    queue.claim(claim);
    queue.offer("goal-1/a");
    queue.matches();
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    queue.offer("goal-1/b");

    queue.claim(claim);

    assertThat(queue.matched()).isEmpty();
  }

  @Test
  void an_agent_whose_match_was_lost_is_served_though_another_has_begun_the_task() {
    queue.offer("goal-1/a");
    var lost = queue.claimOf(ANN);
    queue.claim(lost);
    queue.matches();
    queue.pass(MATCH_EXPIRY);
    queue.offer("goal-1/a");
    assertThat(queue.claimed(BEN)).containsExactly("goal-1/a");
    queue.withdraw(new TaskId("goal-1/a"), BEN);
    queue.offer("goal-1/b");

    queue.claim(lost);

    assertThat(queue.matched()).containsExactly("goal-1/b");
  }

  @Test
  void an_agent_that_was_given_a_task_withdrawn_since_claims_again() {
    queue.offer("goal-1/a");
    var claim = queue.claimOf(ANN);
    queue.claim(claim);
    queue.matches();
    queue.withdraw(new TaskId("goal-1/a"), null);
    queue.offer("goal-1/b");

    queue.claim(claim);

    assertThat(queue.matched()).containsExactly("goal-1/b");
  }

  @Test
  void a_host_that_claims_on_long_after_its_task_was_begun_in_its_name_is_free() {
    Claim claim = queue.claimOf(ANN);
    queue.claim(claim);
    queue.offer("goal-1/a");
    assertThat(queue.matched()).containsExactly("goal-1/a");
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    queue.offer("goal-1/a");

    queue.claim(claim);
    assertThat(queue.matched()).isEmpty();

    queue.pass(MATCH_EXPIRY);
    queue.claim(claim);
    assertThat(queue.matched()).containsExactly("goal-1/a");
  }

  @Test
  void a_claim_is_met_at_once_only_by_a_task_that_it_finds() {
    queue.offer("goal-1/a");
    queue.claim(queue.claimOf(ANN));
    assertThat(queue.matches()).singleElement().matches(Matched::atOnce);

    queue.claim(queue.claimOf(BEN));
    queue.offer("goal-1/b");
    assertThat(queue.matches()).singleElement().matches(match -> !match.atOnce());
  }

  @Test
  void what_met_a_claim_at_once_meets_it_again_though_it_was_begun() {
    queue.offer("goal-1/a");
    Claim claim = queue.claimOf(ANN);
    queue.claim(claim);
    assertThat(queue.matched()).containsExactly("goal-1/a");
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    queue.offer("goal-1/b");

    queue.pass(MATCH_EXPIRY);
    queue.claim(claim);
    assertThat(queue.matched()).containsExactly("goal-1/a");

    assertThat(queue.claimed(ANN)).containsExactly("goal-1/b");
  }

  @Test
  void a_claim_that_was_met_at_once_is_not_taken_back() {
    queue.offer("goal-1/a");
    assertThat(queue.claimed(ANN)).containsExactly("goal-1/a");

    assertThat(queue.unclaim(ANN, worker(ANN), queue.claimId)).isTrue();
    assertThat(queue.matched()).containsExactly("goal-1/a");
    assertThat(queue.unclaim(ANN, worker(ANN), queue.claimId + 1)).isFalse();
    assertThat(queue.matched()).isEmpty();
  }

  @Test
  void an_agent_that_takes_no_more_work_is_given_none() {
    queue.claim(queue.claimOf(ANN));
    assertThat(queue.unclaim(ANN, new WorkerId("another"), queue.claimId)).isFalse();
    queue.offer("goal-1/a");
    assertThat(queue.matched()).hasSize(1);

    queue.claim(queue.claimOf(BEN));
    assertThat(queue.unclaim(BEN, worker(BEN), queue.claimId)).isFalse();
    queue.offer("goal-1/b");
    assertThat(queue.matched()).isEmpty();
  }
}
