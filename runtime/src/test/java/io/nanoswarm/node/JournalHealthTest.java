package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.journal.JournalTrouble;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.annotations.JUnit5TestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.JUnit5TestKitBuilder;
import org.apache.pekko.actor.testkit.typed.javadsl.TestKitJUnit5Extension;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestKitJUnit5Extension.class)
class JournalHealthTest {
  @JUnit5TestKit public ActorTestKit kit = new JUnit5TestKitBuilder().build();

  private volatile Instant now = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void a_request_that_waits_for_a_journal_in_trouble_is_told_the_reason() {
    var health = inTrouble();
    var asking = new Asking(kit.system(), Duration.ofMillis(10), health);

    assertThatThrownBy(() ->
            asking
                .ask(kit.system().<String>ignoreRef(), _ -> "anybody there?")
                .toCompletableFuture()
                .join())
        .hasCauseInstanceOf(SwarmProblem.class)
        .hasRootCauseMessage("the journal cannot be written: No space left on device");
  }

  @Test
  void a_trouble_that_is_long_over_is_no_reason_any_more() {
    var health = inTrouble();

    now = now.plusSeconds(31);

    assertThat(health.trouble()).isEmpty();
  }

  private JournalHealth inTrouble() {
    var health = new JournalHealth("repair it", () -> now);
    var _ = kit.spawn(health.listening());
    Awaitility.await()
        .untilAsserted(() -> {
          kit.system()
              .eventStream()
              .tell(
                  new EventStream.Publish<>(
                      new JournalTrouble(JournalTrouble.Act.WRITE, "No space left on device")));
          assertThat(health.trouble().map(JournalTrouble::reason))
              .hasValue("No space left on device");
        });
    return health;
  }
}
