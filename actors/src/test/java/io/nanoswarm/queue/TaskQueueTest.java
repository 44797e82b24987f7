package io.nanoswarm.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue.Claim;
import io.nanoswarm.queue.TaskQueue.Command;
import io.nanoswarm.queue.TaskQueue.HostGone;
import io.nanoswarm.queue.TaskQueue.HostLost;
import io.nanoswarm.queue.TaskQueue.Match;
import io.nanoswarm.queue.TaskQueue.Offer;
import io.nanoswarm.queue.TaskQueue.Unclaim;
import io.nanoswarm.queue.TaskQueue.Unclaimed;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.Test;

class TaskQueueTest {
  private static final AgentName ANN = new AgentName("ann");
  private static final WorkerId WORKER = new WorkerId("ann-w1");
  private static final TaskId TASK = new TaskId("goal-1/read");

  private final TestInbox<HostLost> offerer = TestInbox.create();
  private final TestInbox<Match> host = TestInbox.create();
  private final TestInbox<Session.AttemptCancelled> cancellations = TestInbox.create();
  private final TestInbox<Session.BeginReply> beginnings = TestInbox.create();
  private final TestInbox<ShardingEnvelope<Session.Command>> sessions = TestInbox.create();
  private final TestInbox<Unclaimed> unclaims = TestInbox.create();
  private final BehaviorTestKit<Command> queue =
      BehaviorTestKit.create(
          TaskQueue.create(
              new AgentRole("researcher"),
              new TaskQueueSettings(Duration.ofSeconds(10), Duration.ofSeconds(5), 1),
              InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")),
              sessions.getRef()));

  @Test
  void a_host_is_told_of_its_match_with_the_id_of_its_claim() {
    queue.run(claim(7));
    queue.run(offer(TASK));

    assertThat(host.getAllReceived()).containsExactly(new Match(7, TASK));
  }

  @Test
  void a_session_is_asked_to_begin_what_a_claim_finds() {
    queue.run(offer(TASK));
    queue.run(claim(7));
    queue.run(claim(7));

    var begin =
        new Session.Begin(TASK, ANN, WORKER, 7, cancellations.getRef(), beginnings.getRef());
    assertThat(sessions.getAllReceived())
        .containsExactly(
            new ShardingEnvelope<>("goal-1", begin), new ShardingEnvelope<>("goal-1", begin));
    assertThat(host.getAllReceived()).isEmpty();
  }

  @Test
  void a_host_that_takes_no_more_is_told_whether_anything_begins_in_its_name() {
    queue.run(claim(7));
    queue.run(new Unclaim(ANN, WORKER, 7, unclaims.getRef()));
    queue.run(offer(TASK));
    assertThat(unclaims.getAllReceived()).containsExactly(new Unclaimed(7));

    queue.run(claim(8));
    assertThat(sessions.getAllReceived()).hasSize(1);
    queue.run(new Unclaim(ANN, WORKER, 8, unclaims.getRef()));
    assertThat(unclaims.getAllReceived()).isEmpty();
    assertThat(sessions.getAllReceived()).hasSize(1);
  }

  @Test
  void the_end_of_a_host_is_told_to_who_offered_what_it_was_given() {
    queue.run(offer(TASK));
    queue.run(claim(7));

    queue.run(new HostGone(ANN, WORKER));
    queue.run(new HostGone(ANN, WORKER));

    assertThat(offerer.getAllReceived()).containsExactly(new HostLost(TASK, ANN, WORKER));
  }

  @Test
  void an_offer_that_finds_no_room_is_dropped_with_a_warning() {
    queue.run(offer(TASK));

    queue.run(offer(new TaskId("goal-1/further")));

    assertThat(queue.getAllLogEntries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.message()).contains("is full", "goal-1/further"));
  }

  private Claim claim(long id) {
    return new Claim(
        id, ANN, WORKER, Offers.NONE, host.getRef(), cancellations.getRef(), beginnings.getRef());
  }

  private Offer offer(TaskId task) {
    return new Offer(task, Priority.NORMAL, List.of(), offerer.getRef());
  }
}
