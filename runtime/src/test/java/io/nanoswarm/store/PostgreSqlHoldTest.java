package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
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

      server.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
              + " AND database = (SELECT oid FROM pg_database WHERE datname = '%s')"
                  .formatted(database));

      assertThat(next.get()).isNotNull();
    }
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
