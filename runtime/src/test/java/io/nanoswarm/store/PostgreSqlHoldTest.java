package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use a database of a real PostgreSQL at once. */
class PostgreSqlHoldTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<JournalDatabase.Hold> held = new ArrayList<>();
  private TestPostgreSql server;
  private String database;

  @BeforeEach
  void open() throws Exception {
    server = TestPostgreSql.shared();
    database = server.newDatabase();
  }

  @AfterEach
  void close() {
    held.forEach(JournalDatabase.Hold::close);
  }

  @Test
  void a_node_alone_keeps_every_other_out_and_says_what_to_do() throws Exception {
    hold(false, AT_ONCE);

    assertThatThrownBy(() -> hold(false, AT_ONCE))
        .isInstanceOf(StoreProblem.class)
        .hasMessageEndingWith("is used by another node, and this one is not to join it")
        .extracting(e -> ((StoreProblem) e).hint())
        .asString()
        .contains("--join", "another database");
    assertThatThrownBy(() -> hold(true, AT_ONCE))
        .isInstanceOf(StoreProblem.class)
        .hasMessageEndingWith("is used by a node that is in no cluster")
        .extracting(e -> ((StoreProblem) e).hint())
        .asString()
        .contains("stop that node");
  }

  @Test
  void nodes_of_a_cluster_share_and_keep_out_who_is_alone() throws Exception {
    hold(true, AT_ONCE);
    hold(true, AT_ONCE);

    assertThatThrownBy(() -> hold(false, AT_ONCE)).isInstanceOf(StoreProblem.class);
  }

  @Test
  void a_hold_that_is_closed_lets_the_next_one_in() throws Exception {
    hold(false, AT_ONCE).close();
    hold(true, LONG).close();
    hold(false, LONG);
  }

  @Test
  void who_waits_gets_in_when_the_holder_is_gone_without_a_word() throws Exception {
    hold(false, AT_ONCE);
    var waiting = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var next =
          threads.submit(() -> {
            waiting.countDown();
            return hold(true, LONG);
          });
      waiting.await();

      breakConnections();

      assertThat(next.get()).isNotNull();
    }
  }

  @Test
  void who_finds_nobody_in_a_cluster_founds_one_and_nobody_else_does() throws Exception {
    var first = hold(true, AT_ONCE);
    var second = hold(true, AT_ONCE);

    Awaitility.await("the server has run for long enough that members would have come again")
        .atMost(LONG)
        .until(first::found);
    assertThat(first.found()).as("asked again").isTrue();
    assertThat(second.found()).as("while the first one founds").isFalse();
    first.joined();
    assertThat(second.found()).as("when the first one has").isFalse();
    second.joined();
    first.close();
    var third = hold(true, AT_ONCE);
    assertThat(third.found()).as("as long as anybody is left").isFalse();
    second.close();
    Awaitility.await("the server has seen it go").until(third::found);
  }

  @Test
  void what_the_server_has_forgotten_is_taken_again() throws Exception {
    hold(true, LONG).joined();

    breakConnections();

    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThatThrownBy(() -> hold(false, AT_ONCE).close())
                .isInstanceOf(StoreProblem.class));
    var late = hold(true, LONG);
    Awaitility.await().atMost(LONG).until(() -> !late.found());
  }

  @Test
  void who_finds_its_database_taken_by_another_one_says_so() throws Exception {
    var first = hold(false, AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var next = threads.submit(() -> hold(false, LONG));
      Awaitility.await().until(() -> waiting() == 1);

      breakConnections();

      assertThat(next.get()).isNotNull();
      assertThat(first.lost().toCompletableFuture().get(1, TimeUnit.MINUTES))
          .startsWith("another node has taken the journal");
    }
  }

  private int waiting() throws Exception {
    try (var connection = DriverManager.getConnection(server.url(database), "postgres", "");
        var row =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                        + " AND datname = current_database() AND query LIKE 'DO %'")) {
      row.next();
      return row.getInt(1);
    }
  }

  private void breakConnections() throws Exception {
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = '%s')"
                .formatted(database));
  }

  @Test
  void databases_of_a_server_are_held_apart() throws Exception {
    hold(false, AT_ONCE);
    database = server.newDatabase();

    hold(false, AT_ONCE);
  }

  @Test
  void schemas_of_a_database_are_held_apart() throws Exception {
    hold(false, AT_ONCE);
    server.execute(database, "CREATE SCHEMA other");
    var other =
        (PostgreSql)
            TestPostgreSql.journal(
                new DatabaseSettings.Server(
                    server.url(database) + "?currentSchema=other", "postgres", null, 4),
                folder);

    held.add(other.hold(false, AT_ONCE));

    assertThatThrownBy(() -> other.hold(true, AT_ONCE)).isInstanceOf(StoreProblem.class);
  }

  private synchronized JournalDatabase.Hold hold(boolean withOthers, Duration within)
      throws StoreProblem {
    var hold = ((PostgreSql) server.journal(database, folder)).hold(withOthers, within);
    held.add(hold);
    return hold;
  }
}
