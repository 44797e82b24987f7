package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.store.DatabaseSettings.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract, over a real PostgreSQL whose order of texts is that of a language. */
class PostgreSqlJournalTest extends JournalContract {
  private TestPostgreSql server;
  private String database;

  @Override
  JournalDatabase journal(Path data) throws Exception {
    server = TestPostgreSql.shared();
    database = server.newDatabase();
    return server.journal(database, data);
  }

  @Override
  int schemas() {
    return 2;
  }

  @Test
  void nodes_that_start_together_make_the_tables_once() throws Exception {
    String fresh = server.newDatabase();
    int nodes = 6;
    var together = new CyclicBarrier(nodes);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> starts =
          IntStream.range(0, nodes)
              .<Callable<Void>>mapToObj(i ->
                  () -> {
                    Path data = Files.createDirectories(folder.resolve("node" + i));
                    together.await();
                    server.journal(fresh, data).prepare();
                    return null;
                  })
              .toList();
      for (var started : threads.invokeAll(starts)) {
        started.get();
      }
    }
    try (var connection = DriverManager.getConnection(server.url(fresh), "postgres", "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT COUNT(*), MAX(version) FROM nanoswarm_schema")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(schemas());
      assertThat(rows.getInt(2)).isEqualTo(schemas());
    }
  }

  @Test
  void a_user_who_may_not_create_tables_uses_those_that_are_there() throws Exception {
    server.execute(database, "DROP ROLE IF EXISTS plain");
    server.execute(database, "CREATE ROLE plain LOGIN");
    var asPlain =
        TestPostgreSql.journal(new Server(server.url(database), "plain", null, 2), folder);
    try {
      server.execute(
          database,
          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO plain;"
              + " GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO plain");
      asPlain.prepare();

      String fresh = server.newDatabase();
      assertThatThrownBy(
              TestPostgreSql.journal(new Server(server.url(fresh), "plain", null, 2), folder)
                  ::prepare)
          .isInstanceOf(StoreProblem.class)
          .hasMessageContaining("permission denied");
    } finally {
      server.execute(database, "DROP OWNED BY plain; DROP ROLE plain");
    }
  }

  @Test
  void a_wrong_password_is_refused_and_shown_nowhere() throws Exception {
    server.execute("CREATE ROLE locked LOGIN PASSWORD 'right'");
    server.execute(database, "GRANT CREATE ON SCHEMA public TO locked");
    server.askPasswordOf("locked");
    String fresh = server.newDatabase();
    server.execute(fresh, "GRANT CREATE ON SCHEMA public TO locked");
    var right = new Server(server.url(fresh), "locked", "right", 2);

    TestPostgreSql.journal(right, folder).prepare();

    var wrong = new Server(server.url(fresh), "locked", "hunter2", 2);
    assertThatThrownBy(TestPostgreSql.journal(wrong, folder)::prepare)
        .isInstanceOf(StoreProblem.class)
        .hasMessageContaining("does not let us in")
        .satisfies(
            e -> assertThat(e.toString() + wrong + right).doesNotContain("hunter2", "right,"));
  }

  @Test
  void a_server_or_a_database_that_is_not_there_is_named_with_what_to_do() {
    var nowhere = new Server("jdbc:postgresql://localhost:1/swarm", "u", null, 2);
    assertThatThrownBy(TestPostgreSql.journal(nowhere, folder)::prepare)
        .isInstanceOf(StoreProblem.class)
        .hasMessageStartingWith("PostgreSQL cannot be reached at postgresql://localhost:1/swarm: ");
    var none = new Server(server.url("none"), "postgres", null, 2);
    assertThatThrownBy(TestPostgreSql.journal(none, folder)::prepare)
        .isInstanceOf(StoreProblem.class)
        .hasMessageContaining("database \"none\" does not exist")
        .extracting(e -> ((StoreProblem) e).hint())
        .asString()
        .contains("createdb");
  }

  @Test
  void tables_of_others_are_not_touched() throws Exception {
    String taken = server.newDatabase();
    server.execute(taken, "CREATE TABLE snapshot (of TEXT)");
    assertThatThrownBy(server.journal(taken, folder)::prepare)
        .isInstanceOf(StoreProblem.class)
        .hasMessageContaining("has tables that this program did not make");
  }

  @Test
  void a_folder_that_has_a_journal_of_its_own_is_not_used_for_another() throws IOException {
    Files.writeString(folder.resolve("data/journal.mv.db"), "something");
    assertThatThrownBy(journal::prepare)
        .isInstanceOf(StoreProblem.class)
        .hasMessageEndingWith("holds sessions, and swarm.journal.database is postgresql");
  }

  @Test
  void it_is_copied_by_its_own_tools_alone() {
    assertThatThrownBy(() ->
            Backup.write(folder.resolve("data"), new SessionRows(journal), folder.resolve("b")))
        .isInstanceOf(StoreProblem.class)
        .hasMessageContaining("`swarm backup` does not copy")
        .extracting(e -> ((StoreProblem) e).hint())
        .asString()
        .contains("pg_dump");
    assertThat(folder.resolve("b")).doesNotExist();
  }
}
