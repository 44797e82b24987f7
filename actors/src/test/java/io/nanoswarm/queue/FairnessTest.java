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
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class FairnessTest {
  private static final int RUNS = 300;
  private static final int STEPS = 400;
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final TestInbox<HostLost> offerer = TestInbox.create();
  private final TestInbox<Match> host = TestInbox.create();
  private final TestInbox<Session.AttemptCancelled> cancellations = TestInbox.create();
  private final TestInbox<Session.BeginReply> beginnings = TestInbox.create();

  @Test
  void whatever_is_offered_and_claimed_the_queue_is_fair_within_its_bound() {
    LongStream.rangeClosed(1, RUNS)
        .forEach(seed -> assertThat(run(seed)).as("seed %d", seed).isEmpty());
  }

  private List<String> run(long seed) {
    var random = new SplittableRandom(seed);
    var settings = new TaskQueueSettings(Duration.ofMinutes(1), Duration.ofSeconds(5), STEPS);
    var queue = new TaskQueueState(settings, () -> NOW);
    var fairness = new Fairness();
    int sessions = random.nextInt(1, 6);
    var waiting = new ArrayList<TaskId>();
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(5) < 3) {
        var task = new TaskId("goal-%d/t%d".formatted(random.nextInt(sessions), step));
        Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
        fairness.offered(task, priority);
        waiting.add(task);
        assertThat(queue.offer(new Offer(task, priority, List.of(), offerer.getRef()))).isTrue();
      } else if (random.nextInt(4) == 0 && !waiting.isEmpty()) {
        var task = waiting.get(random.nextInt(waiting.size()));
        Priority priority = Priority.values()[random.nextInt(Priority.values().length)];
        fairness.prioritised(task, priority);
        assertThat(queue.offer(new Offer(task, priority, List.of(), offerer.getRef()))).isTrue();
      } else {
        var agent = new AgentName("agent-" + random.nextInt(3));
        var worker = new WorkerId(agent.value() + "-w1");
        queue.claim(
            new Claim(
                step,
                agent,
                worker,
                Offers.NONE,
                host.getRef(),
                cancellations.getRef(),
                beginnings.getRef()));
      }
      for (Matched match : queue.matches()) {
        fairness.matched(match.offer().task());
        waiting.remove(match.offer().task());
      }
    }
    return fairness.contradictions();
  }

  @Test
  void a_queue_that_serves_in_the_order_of_offers_is_found_unfair_to_sessions() {
    var fairness = new Fairness();
    var order = new ArrayDeque<TaskId>();
    for (int i = 0; i < 6; i++) {
      order.add(new TaskId("goal-%d/t%d".formatted(i / 5, i)));
      fairness.offered(order.getLast(), Priority.NORMAL);
    }

    order.forEach(fairness::matched);

    assertThat(fairness.contradictions())
        .anyMatch(each -> each.contains("whose session was served while"));
  }

  @Test
  void a_queue_that_starves_lower_priorities_is_found_unfair() {
    var fairness = new Fairness();
    fairness.offered(new TaskId("goal-0/low"), Priority.LOW);
    for (int i = 0; i < 8; i++) {
      fairness.offered(new TaskId("goal-1/t" + i), Priority.HIGH);
    }

    for (int i = 0; i < 8; i++) {
      fairness.matched(new TaskId("goal-1/t" + i));
    }

    assertThat(fairness.contradictions()).singleElement().asString().startsWith("match 8 is");
  }

  @Test
  void a_queue_that_puts_lower_priorities_first_is_found_unfair() {
    var fairness = new Fairness();
    fairness.offered(new TaskId("goal-0/low"), Priority.LOW);
    fairness.offered(new TaskId("goal-0/high"), Priority.HIGH);

    fairness.matched(new TaskId("goal-0/low"));

    assertThat(fairness.contradictions()).singleElement().asString().contains("though HIGH waits");
  }
}
