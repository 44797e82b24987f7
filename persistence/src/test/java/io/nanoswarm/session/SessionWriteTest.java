package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.WORKER;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.Sample.task;
import static io.nanoswarm.session.SessionFixture.DONE;
import static io.nanoswarm.session.SessionFixture.LEASE;
import static io.nanoswarm.session.SessionFixture.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.session.AttemptRequest.Release;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.Session.Accepted;
import io.nanoswarm.session.Session.AttemptCancelled;
import io.nanoswarm.session.Session.AttemptOver;
import io.nanoswarm.session.Session.AttemptReply;
import io.nanoswarm.session.Session.OfAttempt;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several events in one write, and writes that fail. */
@ExtendWith(LogCapturingExtension.class)
class SessionWriteTest {
  private static final ActorTestKit kit = SessionFixture.kit();

  private final SessionFixture session = new SessionFixture(kit);

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void what_ends_attempts_during_a_write_is_stored_by_one_write_and_answered_each() {
    var tasks = IntStream.range(0, 20).mapToObj(i -> task("t" + i)).toList();
    session.opened(tasks.stream().map(Sample::spec).toArray(TaskSpec[]::new));
    var fences =
        IntStream.range(0, 20).mapToObj(i -> session.begunBy(i, tasks.get(i)).fence()).toList();
    var watcher = session.watch();
    var replies = kit.<AttemptReply>createTestProbe();
    var allTold = new CountDownLatch(1);
    session
        .entity
        .persistenceTestKit()
        .withPolicy((_, operation) -> {
          if (operation instanceof WriteEvents) {
            await(allTold);
          }
          return ProcessingSuccess.getInstance();
        });

    for (int i = 0; i < tasks.size(); i++) {
      session.ref.tell(new OfAttempt(tasks.get(i), fences.get(i), new Settle(DONE), replies.ref()));
    }
    session.ref.tell(new OfAttempt(tasks.get(7), fences.get(7), new Settle(DONE), replies.ref()));
    session.ref.tell(
        new OfAttempt(tasks.get(8), fences.get(8), new Release("again"), replies.ref()));
    allTold.countDown();

    for (int i = 0; i < tasks.size(); i++) {
      assertThat(replies.receiveMessage()).isEqualTo(new Accepted(tasks.get(i), fences.get(i)));
    }
    assertThat(replies.receiveMessage()).isEqualTo(new Accepted(tasks.get(7), fences.get(7)));
    assertThat(replies.receiveMessage()).isInstanceOf(AttemptOver.class);
    assertThat(watcher.receiveMessage().stored()).hasSize(1);
    assertThat(watcher.receiveMessage().stored()).hasSize(19);
    session.entity.persistenceTestKit().resetPolicy();
    assertThat(active(session.snapshot()).allEnded()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_failed_write_confirms_nothing_and_ends_the_attempts_that_ran() {
    session.opened(spec(READ), spec(ANSWER));
    var fence = session.begun(READ).fence();
    var watcher = session.watch();
    var replies = kit.<AttemptReply>createTestProbe();
    session.entity.persistenceTestKit().failNextPersisted("session|goal-1");

    session.ref.tell(new OfAttempt(READ, fence, new Settle(DONE), replies.ref()));
    watcher.expectNoMessage();
    session.time.timePasses(Duration.ofSeconds(1));

    assertThat(session.host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its session was restarted"));
    assertThat(watcher.receiveMessage().now().running()).isEmpty();
    replies.expectNoMessage();
    assertThat(session.settle(READ, fence, DONE)).isInstanceOf(AttemptOver.class);
    var holder = new Session.Holder(AGENT, WORKER, NOW.plus(LEASE), session.host.ref());
    assertThat(
            session
                .<AttemptReply>runCommand(
                    to -> new OfAttempt(READ, fence, new Settle(DONE), holder, to))
                .reply())
        .as("what comes late does not bring it back")
        .isInstanceOf(AttemptOver.class);
    assertThat(fence.isOlderThan(session.begun(READ).fence())).isTrue();
  }

  @Test
  void a_failed_write_is_told_on_the_node_with_its_reason() {
    var troubles = kit.<JournalTrouble>createTestProbe();
    kit.system()
        .eventStream()
        .tell(new EventStream.Subscribe<>(JournalTrouble.class, troubles.ref()));
    session.opened(spec(READ), spec(ANSWER));
    var fence = session.begun(READ).fence();
    var batch = new BatchUpdateException();
    batch.setNextException(
        new SQLException("write failed", new IOException("No space left on device")));
    session.entity.persistenceTestKit().failNextPersisted("session|goal-1", batch);

    session.ref.tell(
        new OfAttempt(READ, fence, new Settle(DONE), kit.<AttemptReply>createTestProbe().ref()));

    assertThat(troubles.receiveMessage())
        .isEqualTo(new JournalTrouble(JournalTrouble.Act.WRITE, "No space left on device"));
  }
}
