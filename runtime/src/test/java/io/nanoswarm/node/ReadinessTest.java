package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a real cluster of one node, whose journal the test makes fail. */
class ReadinessTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-cluster.conf").withFallback(ConfigFactory.load()));
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicInteger queries = new AtomicInteger();
  private volatile Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final JournalHealth health = new JournalHealth("repair it", () -> now);

  @AfterEach
  void stop() {
    blocking.shutdownNow();
    kit.shutdownTestKit();
  }

  @Test
  void a_node_that_is_up_serves_its_shards_and_reads_its_journal_is_ready() {
    serve();

    var looked = look(readiness(() -> {}, LONG));

    assertThat(looked.view().ready()).isTrue();
    assertThat(looked.query()).isNotNull();
  }

  @Test
  void a_node_in_no_cluster_is_not_ready() {
    assertThat(reasons(readiness(() -> {}, LONG)))
        .containsExactly("the node is removed in its cluster (expected: up)");
  }

  @Test
  void a_node_whose_shards_no_coordinator_knows_of_is_not_ready() {
    initShards();

    assertThat(reasons(readiness(() -> {}, LONG)))
        .contains("shards are not served from here: session");
  }

  @Test
  void a_node_that_closes_is_not_ready() {
    serve();
    var readiness = readiness(() -> {}, LONG);
    closing.set(true);

    assertThat(reasons(readiness)).containsExactly("the node is closing");
  }

  @Test
  void a_node_that_cannot_read_its_journal_is_not_ready_and_does_not_say_where_that_is() {
    serve();
    var readiness =
        readiness(
            () -> {
              throw new SQLException("nobody at postgresql://db.internal/swarm");
            },
            LONG);

    assertThat(reasons(readiness)).containsExactly("the journal does not answer");
  }

  @Test
  void a_journal_that_hangs_is_not_waited_for_nor_asked_again_meanwhile() {
    serve();
    var hanging = new CountDownLatch(1);
    var readiness = readiness(hanging::await, Duration.ofMillis(50));

    assertThat(reasons(readiness)).contains("the journal does not answer");
    now = now.plusSeconds(10);
    assertThat(reasons(readiness)).contains("the journal does not answer");

    assertThat(queries).hasValue(1);
    hanging.countDown();
  }

  @Test
  void however_many_ask_the_journal_is_read_once_a_second() {
    serve();
    var readiness = readiness(() -> {}, LONG);

    for (int i = 0; i < 100; i++) {
      look(readiness);
    }
    assertThat(queries).hasValue(1);

    now = now.plusSeconds(1);
    look(readiness);
    assertThat(queries).hasValue(2);
  }

  @Test
  void a_write_that_failed_a_moment_ago_counts_and_an_entity_that_cannot_be_read_does_not() {
    serve();
    kit.spawn(health.listening());
    tell(JournalTrouble.Act.READ);
    assertThat(reasons(readiness(() -> {}, LONG))).isEmpty();

    tell(JournalTrouble.Act.WRITE);
    assertThat(reasons(readiness(() -> {}, LONG)))
        .containsExactly("the journal could not be written a moment ago");

    now = now.plusSeconds(31);
    assertThat(reasons(readiness(() -> {}, LONG))).isEmpty();
    assertThat(health.failures(JournalTrouble.Act.READ)).isPositive();
    assertThat(health.failures(JournalTrouble.Act.WRITE)).isPositive();
  }

  private void tell(JournalTrouble.Act act) {
    Awaitility.await()
        .untilAsserted(() -> {
          kit.system()
              .eventStream()
              .tell(new EventStream.Publish<>(new JournalTrouble(act, "No space left on device")));
          assertThat(health.trouble().map(JournalTrouble::act)).hasValue(act);
        });
  }

  private void initShards() {
    Session.initSharding(kit.system(), SessionSettings.create(kit.system()), () -> now);
  }

  private void serve() {
    var cluster = Cluster.get(kit.system());
    cluster.manager().tell(new Join(cluster.selfMember().address()));
    initShards();
    var unhurried = readiness(() -> {}, LONG);
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> {
          now = now.plusSeconds(1);
          assertThat(cluster.selfMember().status()).isEqualTo(MemberStatus.up());
          assertThat(reasons(unhurried)).isEmpty();
        });
    queries.set(0);
  }

  private Readiness readiness(Readiness.JournalQuery query, Duration within) {
    return new Readiness(
        new Readiness.Means(
            kit.system(),
            () -> {
              queries.incrementAndGet();
              query.read();
            },
            health,
            blocking,
            closing::get,
            within,
            () -> now));
  }

  private static List<String> reasons(Readiness readiness) {
    return look(readiness).reasons();
  }

  private static Readiness.Looked look(Readiness readiness) {
    return readiness.now().toCompletableFuture().join();
  }
}
