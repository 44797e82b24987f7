package io.nanoswarm.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue.Claim;
import io.nanoswarm.queue.TaskQueue.HostLost;
import io.nanoswarm.queue.TaskQueue.Match;
import io.nanoswarm.queue.TaskQueue.Offer;
import io.nanoswarm.queue.TaskQueueState.Matched;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class TaskQueueStateTest {
  private static final AgentName ANN = new AgentName("ann");
  private static final AgentName BEN = new AgentName("ben");
  private static final Need GH = new Need("bin:gh");
  private static final Offers WITH_GH =
      new Offers(Map.of("gh", ""), Map.of(), Set.of(), "linux", 1024, 2, Set.of());
  private static final Duration CLAIM_EXPIRY = Duration.ofSeconds(10);
  private static final Duration MATCH_EXPIRY = Duration.ofSeconds(5);
  private static final int MAX_OFFERS = 100;

  private final TestInbox<HostLost> offerer = TestInbox.create();
  private final TestInbox<Match> host = TestInbox.create();
  private final TestInbox<Session.AttemptCancelled> cancellations = TestInbox.create();
  private final TestInbox<Session.BeginReply> beginnings = TestInbox.create();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private long claimId;
  private final TaskQueueState queue =
      new TaskQueueState(new TaskQueueSettings(CLAIM_EXPIRY, MATCH_EXPIRY, MAX_OFFERS), () -> now);

  @Test
  void an_offer_waits_for_a_claim_and_a_claim_for_an_offer() {
    offer("goal-1/a");
    assertThat(queue.matches()).isEmpty();
    assertThat(claimed(ANN)).containsExactly("goal-1/a");

    assertThat(claimed(BEN)).isEmpty();
    offer("goal-1/b");
    assertThat(matched()).containsExactly("goal-1/b");
  }

  @Test
  void a_claim_is_met_by_at_most_one_task_and_a_task_meets_one_claim() {
    offer("goal-1/a");
    offer("goal-1/b");

    assertThat(claimed(ANN)).containsExactly("goal-1/a");
    assertThat(matched()).isEmpty();
    assertThat(claimed(BEN)).containsExactly("goal-1/b");
  }

  @Test
  void a_task_that_waits_is_not_added_again() {
    offer("goal-1/a");
    offer("goal-1/a");

    assertThat(claimed(ANN)).hasSize(1);
    assertThat(claimed(BEN)).isEmpty();
  }

  @Test
  void the_latest_offer_of_a_waiting_task_stands_in_its_place() {
    var later = TestInbox.<HostLost>create();
    offer("goal-1/a");
    offer("goal-1/b");

    queue.offer(new Offer(new TaskId("goal-1/a"), Priority.NORMAL, List.of(), later.getRef()));

    assertThat(claimed(ANN)).containsExactly("goal-1/a");
    assertThat(queue.hostGone(ANN, worker(ANN)))
        .extracting(Offer::offerer)
        .containsExactly(later.getRef());
  }

  @Test
  void a_task_that_is_offered_again_with_another_priority_waits_there_as_long_as_it_has() {
    offer("goal-1/a");
    offer("goal-2/b", Priority.HIGH);
    offer("goal-3/c");

    offer("goal-1/a", Priority.HIGH);
    offer("goal-2/b");

    assertThat(claimed(ANN)).containsExactly("goal-1/a");
    assertThat(claimed(BEN)).containsExactly("goal-2/b");
  }

  @Test
  void a_task_that_was_matched_a_moment_ago_is_not_added_again() {
    offer("goal-1/a");
    claimed(ANN);

    offer("goal-1/a");
    assertThat(claimed(BEN)).isEmpty();

    now = now.plus(MATCH_EXPIRY);
    offer("goal-1/a");
    assertThat(matched()).containsExactly("goal-1/a");
  }

  @Test
  void a_task_whose_attempt_has_begun_and_ended_is_offered_anew_at_once() {
    offer("goal-1/a");
    claimed(ANN);
    queue.withdraw(new TaskId("goal-1/a"), ANN);

    offer("goal-1/a");

    assertThat(claimed(BEN)).containsExactly("goal-1/a");
  }

  @Test
  void higher_priorities_go_first() {
    offer("goal-1/low", Priority.LOW);
    offer("goal-1/urgent", Priority.URGENT);
    offer("goal-1/normal", Priority.NORMAL);
    offer("goal-1/high", Priority.HIGH);

    assertThat(drain(4)).containsExactly("urgent", "high", "normal", "low");
  }

  @Test
  void sessions_take_turns_and_keep_their_own_order() {
    for (String name : List.of("a1", "a2", "a3", "a4")) {
      offer("goal-a/" + name);
    }
    offer("goal-b/b1");
    offer("goal-b/b2");
    offer("goal-c/c1");

    assertThat(drain(7)).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
  }

  @Test
  void a_stream_of_new_sessions_holds_up_none_that_waits() {
    for (int i = 0; i < 4; i++) {
      offer("goal-old/t" + i);
    }

    var served = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      offer("goal-new" + i + "/x" + i);
      served.addAll(drain(1));
    }

    assertThat(served).contains("t0", "t1", "t2", "t3");
  }

  @Test
  void a_task_is_matched_only_with_a_host_whose_node_offers_what_it_needs() {
    offer("goal-1/a", Priority.NORMAL, GH);

    assertThat(claimed(ANN)).isEmpty();
    queue.claim(claim(BEN, WITH_GH));
    assertThat(matched()).containsExactly("goal-1/a");
  }

  @Test
  void a_host_that_waits_is_found_among_those_that_lack_something() {
    queue.claim(claim(ANN));
    queue.claim(claim(BEN, WITH_GH));

    offer("goal-1/a", Priority.NORMAL, GH);

    assertThat(queue.matches())
        .singleElement()
        .satisfies(match -> assertThat(match.claim().agent()).isEqualTo(BEN));
  }

  @Test
  void a_task_that_finds_no_host_holds_up_no_other() {
    offer("goal-1/a", Priority.URGENT, GH);
    offer("goal-1/b", Priority.LOW);
    offer("goal-1/c", Priority.LOW);

    assertThat(drain(2)).containsExactly("b", "c");
    queue.claim(claim(BEN, WITH_GH));
    assertThat(matched()).containsExactly("goal-1/a");
  }

  @Test
  void sessions_take_turns_and_priorities_hold_whatever_their_tasks_need() {
    offer("goal-a/a1", Priority.NORMAL, GH);
    offer("goal-a/a2");
    offer("goal-b/b1");
    offer("goal-b/b2", Priority.HIGH, GH);

    var order = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      queue.claim(claim(BEN, WITH_GH));
      order.addAll(matched());
    }

    assertThat(order).containsExactly("goal-b/b2", "goal-a/a1", "goal-b/b1", "goal-a/a2");
  }

  @Test
  void a_claim_that_comes_again_counts_with_what_its_node_offers_by_then() {
    offer("goal-1/a", Priority.NORMAL, GH);
    var before = claim(ANN);
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

    assertThat(matched()).containsExactly("goal-1/a");
    queue.claim(before);
    assertThat(matched()).containsExactly("goal-1/a");
  }

  @Test
  void every_eighth_match_goes_to_the_oldest_of_a_lower_priority() {
    offer("goal-1/low", Priority.LOW);
    offer("goal-1/normal", Priority.NORMAL);
    for (int i = 1; i <= 20; i++) {
      offer("goal-1/h" + i, Priority.HIGH);
    }

    var order = drain(16);

    assertThat(order.get(7)).isEqualTo("low");
    assertThat(order.get(15)).isEqualTo("normal");
    assertThat(order).filteredOn(name -> name.startsWith("h")).hasSize(14);
  }

  @Test
  void a_claim_expires_unless_it_is_sent_again() {
    var claim = claim(ANN);
    queue.claim(claim);
    now = now.plus(CLAIM_EXPIRY).minusSeconds(1);
    queue.claim(claim);
    now = now.plus(CLAIM_EXPIRY).minusSeconds(1);
    offer("goal-1/a");
    assertThat(matched()).containsExactly("goal-1/a");

    queue.claim(claim(BEN));
    now = now.plus(CLAIM_EXPIRY);
    offer("goal-1/b");
    assertThat(matched()).isEmpty();
  }

  @Test
  void the_same_claim_again_is_answered_with_the_same_match() {
    offer("goal-1/a");
    offer("goal-1/b");
    var claim = claim(ANN);
    queue.claim(claim);
    var first = queue.matches();

    queue.claim(claim);

    assertThat(queue.matches()).isEqualTo(first);
    assertThat(claimed(BEN)).containsExactly("goal-1/b");
  }

  @Test
  void a_claim_replaces_the_earlier_one_of_the_same_agent() {
    queue.claim(claim(ANN));
    var latest = claim(ANN);
    queue.claim(latest);
    offer("goal-1/a");
    offer("goal-1/b");

    assertThat(queue.matches())
        .singleElement()
        .satisfies(match -> assertThat(match.claim()).isEqualTo(latest));
  }

  @Test
  void a_late_copy_of_a_claim_that_has_waited_and_whose_task_has_begun_is_given_nothing() {
    var claim = claim(ANN);
    queue.claim(claim);
    offer("goal-1/a");
    queue.matches();
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    offer("goal-1/b");

    queue.claim(claim);

    assertThat(matched()).isEmpty();
  }

  @Test
  void an_agent_whose_match_was_lost_is_served_though_another_has_begun_the_task() {
    offer("goal-1/a");
    var lost = claim(ANN);
    queue.claim(lost);
    queue.matches();
    now = now.plus(MATCH_EXPIRY);
    offer("goal-1/a");
    assertThat(claimed(BEN)).containsExactly("goal-1/a");
    queue.withdraw(new TaskId("goal-1/a"), BEN);
    offer("goal-1/b");

    queue.claim(lost);

    assertThat(matched()).containsExactly("goal-1/b");
  }

  @Test
  void a_task_that_is_withdrawn_is_given_to_nobody() {
    offer("goal-1/a");
    queue.withdraw(new TaskId("goal-1/a"), null);

    assertThat(claimed(ANN)).isEmpty();
  }

  @Test
  void an_agent_that_was_given_a_task_withdrawn_since_claims_again() {
    offer("goal-1/a");
    var claim = claim(ANN);
    queue.claim(claim);
    queue.matches();
    queue.withdraw(new TaskId("goal-1/a"), null);
    offer("goal-1/b");

    queue.claim(claim);

    assertThat(matched()).containsExactly("goal-1/b");
  }

  @Test
  void an_agent_that_takes_no_more_work_is_given_none() {
    queue.claim(claim(ANN));
    assertThat(queue.unclaim(ANN, new WorkerId("another"), claimId)).isFalse();
    offer("goal-1/a");
    assertThat(matched()).hasSize(1);

    queue.claim(claim(BEN));
    assertThat(queue.unclaim(BEN, worker(BEN), claimId)).isFalse();
    offer("goal-1/b");
    assertThat(matched()).isEmpty();
  }

  @Test
  void the_offer_that_a_dead_host_was_given_is_found_once() {
    offer("goal-1/a");
    claimed(ANN);
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
    offer("goal-1/a");
    claimed(ANN);
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    for (int i = 0; i < 50; i++) {
      offer("goal-1/later" + i);
    }

    var _ = queue.hostGone(ANN, worker(ANN));
    offer("goal-1/a");

    assertThat(claimed(BEN)).containsExactly("goal-1/a");
  }

  @Test
  void what_a_replaced_jvm_works_on_is_found_when_it_dies_though_another_of_its_name_claims() {
    offer("goal-1/a");
    claimed(ANN);
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    offer("goal-1/b");
    queue.claim(claimIn(new WorkerId("ann-w2")));
    assertThat(matched()).containsExactly("goal-1/b");

    assertThat(queue.hostGone(ANN, worker(ANN)))
        .extracting(gone -> gone.task().name())
        .containsExactly("a");
    assertThat(queue.hostGone(ANN, new WorkerId("ann-w2")))
        .extracting(gone -> gone.task().name())
        .containsExactly("b");
  }

  @Test
  void a_host_that_claims_on_long_after_its_task_was_begun_in_its_name_is_free() {
    Claim claim = claim(ANN);
    queue.claim(claim);
    offer("goal-1/a");
    assertThat(matched()).containsExactly("goal-1/a");
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    offer("goal-1/a");

    queue.claim(claim);
    assertThat(matched()).isEmpty();

    now = now.plus(MATCH_EXPIRY);
    queue.claim(claim);
    assertThat(matched()).containsExactly("goal-1/a");
  }

  @Test
  void a_claim_is_met_at_once_only_by_a_task_that_it_finds() {
    offer("goal-1/a");
    queue.claim(claim(ANN));
    assertThat(queue.matches()).singleElement().matches(Matched::atOnce);

    queue.claim(claim(BEN));
    offer("goal-1/b");
    assertThat(queue.matches()).singleElement().matches(match -> !match.atOnce());
  }

  @Test
  void what_met_a_claim_at_once_meets_it_again_though_it_was_begun() {
    offer("goal-1/a");
    Claim claim = claim(ANN);
    queue.claim(claim);
    assertThat(matched()).containsExactly("goal-1/a");
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    offer("goal-1/b");

    now = now.plus(MATCH_EXPIRY);
    queue.claim(claim);
    assertThat(matched()).containsExactly("goal-1/a");

    assertThat(claimed(ANN)).containsExactly("goal-1/b");
  }

  @Test
  void an_earlier_claim_that_comes_late_replaces_no_later_one() {
    Claim earlier = claim(ANN);
    offer("goal-1/a");
    Claim later = claim(ANN);
    queue.claim(later);
    assertThat(matched()).containsExactly("goal-1/a");
    offer("goal-1/b");

    queue.claim(earlier);
    assertThat(matched()).isEmpty();

    assertThat(claimed(BEN)).containsExactly("goal-1/b");
    Claim waits = claim(ANN);
    queue.claim(waits);
    queue.claim(later);
    offer("goal-1/c");
    assertThat(queue.matches()).singleElement().matches(match -> match.claim().equals(waits));
  }

  @Test
  void a_claim_that_was_met_at_once_is_not_taken_back() {
    offer("goal-1/a");
    assertThat(claimed(ANN)).containsExactly("goal-1/a");

    assertThat(queue.unclaim(ANN, worker(ANN), claimId)).isTrue();
    assertThat(matched()).containsExactly("goal-1/a");
    assertThat(queue.unclaim(ANN, worker(ANN), claimId + 1)).isFalse();
    assertThat(matched()).isEmpty();
  }

  @Test
  void a_host_that_dies_after_it_has_claimed_further_may_have_had_the_task_before() {
    offer("goal-1/a");
    claimed(ANN);
    queue.withdraw(new TaskId("goal-1/a"), ANN);
    Claim further = claim(ANN);
    queue.claim(further);
    queue.claim(further);

    assertThat(queue.hostGone(ANN, worker(ANN)))
        .extracting(gone -> gone.task().name())
        .containsExactly("a");

    offer("goal-1/b");
    offer("goal-1/c");
    claimed(BEN);
    claimed(BEN);
    assertThat(queue.hostGone(BEN, worker(BEN)))
        .extracting(gone -> gone.task().name())
        .containsExactly("b", "c");
  }

  @Test
  void of_one_agent_the_latest_jvms_alone_are_remembered() {
    for (int i = 1; i <= TaskQueueState.JVMS_PER_AGENT + 1; i++) {
      offer("goal-1/t" + i);
      queue.claim(claimIn(new WorkerId("ann-w" + i)));
      queue.withdraw(new TaskId("goal-1/t" + i), ANN);
    }

    assertThat(queue.hostGone(ANN, new WorkerId("ann-w1"))).isEmpty();
    assertThat(queue.hostGone(ANN, new WorkerId("ann-w2"))).hasSize(1);
  }

  private Claim claimIn(WorkerId worker) {
    claimId++;
    return new Claim(
        claimId,
        ANN,
        worker,
        Offers.NONE,
        host.getRef(),
        cancellations.getRef(),
        beginnings.getRef());
  }

  @Test
  void a_full_queue_takes_no_further_offer_and_room_is_made_by_matches() {
    for (int i = 0; i < MAX_OFFERS; i++) {
      offer("goal-1/t" + i);
    }
    var further =
        new Offer(new TaskId("goal-1/further"), Priority.URGENT, List.of(), offerer.getRef());

    assertThat(queue.offer(further)).isFalse();
    offer("goal-1/t0");
    claimed(ANN);
    assertThat(queue.offer(further)).isTrue();
  }

  private void offer(String task) {
    offer(task, Priority.NORMAL);
  }

  private void offer(String task, Priority priority, Need... needs) {
    assertThat(queue.offer(new Offer(new TaskId(task), priority, List.of(needs), offerer.getRef())))
        .isTrue();
  }

  private Claim claim(AgentName agent) {
    return claim(agent, Offers.NONE);
  }

  private Claim claim(AgentName agent, Offers offers) {
    claimId++;
    return new Claim(
        claimId,
        agent,
        worker(agent),
        offers,
        host.getRef(),
        cancellations.getRef(),
        beginnings.getRef());
  }

  private List<String> claimed(AgentName agent) {
    queue.claim(claim(agent));
    return matched();
  }

  private List<String> matched() {
    return queue.matches().stream().map(match -> match.offer().task().value()).toList();
  }

  private List<String> drain(int claims) {
    var order = new ArrayList<String>();
    for (int i = 0; i < claims; i++) {
      queue.claim(claim(ANN));
      for (Matched match : queue.matches()) {
        order.add(match.offer().task().name());
      }
    }
    return order;
  }

  private static WorkerId worker(AgentName agent) {
    return new WorkerId(agent + "-w1");
  }
}
