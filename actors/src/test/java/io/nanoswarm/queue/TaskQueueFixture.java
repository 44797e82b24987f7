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
import org.jspecify.annotations.Nullable;

/** The state of a queue without its actor, at a time that a test sets. */
final class TaskQueueFixture {
  static final AgentName ANN = new AgentName("ann");
  static final AgentName BEN = new AgentName("ben");
  static final Need GH = new Need("bin:gh");
  static final Offers WITH_GH =
      new Offers(Map.of("gh", ""), Map.of(), Set.of(), "linux", 1024, 2, Set.of());
  static final Duration CLAIM_EXPIRY = Duration.ofSeconds(10);
  static final Duration MATCH_EXPIRY = Duration.ofSeconds(5);
  static final int MAX_OFFERS = 100;

  final TestInbox<HostLost> offerer = TestInbox.create();
  private final TestInbox<Match> host = TestInbox.create();
  private final TestInbox<Session.AttemptCancelled> cancellations = TestInbox.create();
  private final TestInbox<Session.BeginReply> beginnings = TestInbox.create();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  /** Of the latest claim. */
  long claimId;

  private final TaskQueueState state =
      new TaskQueueState(new TaskQueueSettings(CLAIM_EXPIRY, MATCH_EXPIRY, MAX_OFFERS), () -> now);

  void pass(Duration duration) {
    now = now.plus(duration);
  }

  boolean offer(Offer offer) {
    return state.offer(offer);
  }

  void offer(String task) {
    offer(task, Priority.NORMAL);
  }

  void offer(String task, Priority priority, Need... needs) {
    assertThat(offer(new Offer(new TaskId(task), priority, List.of(needs), offerer.getRef())))
        .isTrue();
  }

  Claim claimOf(AgentName agent) {
    return claimOf(agent, Offers.NONE);
  }

  Claim claimOf(AgentName agent, Offers offers) {
    return claimOf(agent, worker(agent), offers);
  }

  private Claim claimOf(AgentName agent, WorkerId worker, Offers offers) {
    claimId++;
    return new Claim(
        claimId, agent, worker, offers, host.getRef(), cancellations.getRef(), beginnings.getRef());
  }

  /** Of {@link #ANN}, by a JVM of its own. */
  Claim claimIn(WorkerId worker) {
    return claimOf(ANN, worker, Offers.NONE);
  }

  void claim(Claim claim) {
    state.claim(claim);
  }

  boolean unclaim(AgentName agent, WorkerId worker, long claim) {
    return state.unclaim(agent, worker, claim);
  }

  void withdraw(TaskId task, @Nullable AgentName begunBy) {
    state.withdraw(task, begunBy);
  }

  List<Matched> matches() {
    return state.matches();
  }

  List<Offer> hostGone(AgentName agent, WorkerId worker) {
    return state.hostGone(agent, worker);
  }

  List<String> claimed(AgentName agent) {
    claim(claimOf(agent));
    return matched();
  }

  List<String> matched() {
    return matches().stream().map(match -> match.offer().task().value()).toList();
  }

  List<String> drain(int claims) {
    var order = new ArrayList<String>();
    for (int i = 0; i < claims; i++) {
      claim(claimOf(ANN));
      for (Matched match : matches()) {
        order.add(match.offer().task().name());
      }
    }
    return order;
  }

  static WorkerId worker(AgentName agent) {
    return new WorkerId(agent + "-w1");
  }
}
