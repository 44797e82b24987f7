package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The contract, over the file of a data folder. */
class H2JournalTest extends JournalContract {
  @Override
  JournalDatabase journal(Path data) {
    return new H2File(data.resolve("journal"), data.resolve("artifacts"));
  }

  @Override
  int schemas() {
    return 1;
  }

  /** Nanoswarm 0.1 made its tables by the script of the journal's plugin, and noted no version. */
  @Test
  void a_folder_of_the_first_release_goes_on() throws Exception {
    journal = journal(Files.createDirectories(folder.resolve("old")));
    try (var connection = journal.connect();
        var statement = connection.createStatement();
        var script = H2JournalTest.class.getResourceAsStream("/schema/h2/h2-create-schema.sql")) {
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    event("session|ses1", 1, "{}");

    journal.prepare();

    assertThat(ids()).containsExactly("session|ses1");
    try (var node = new Entities(journal)) {
      assertThat(node.remembers(node.memory("ses1", "a"), "k", "v", Entities.PATIENCE)).isTrue();
    }
  }

  @Test
  void a_folder_whose_sessions_are_in_postgresql_begins_no_second_journal() throws IOException {
    Path data = Files.createDirectories(folder.resolve("moved"));
    JournalMark.write(data.resolve("journal"), "postgresql://db/swarm");
    assertThatThrownBy(journal(data)::prepare)
        .isInstanceOf(StoreProblem.class)
        .hasMessage("the sessions of %s are kept in PostgreSQL, at postgresql://db/swarm", data);
    assertThat(data.resolve("journal.mv.db")).doesNotExist();
  }

  /** H2 reads all events of an entity to find the greatest of their numbers, if it is asked so. */
  @Test
  void an_entity_starts_without_a_look_at_all_that_it_has_stored() throws Exception {
    for (int i = 1; i <= 20; i++) {
      event("agent-memory|ses1/other", i, "{}");
    }
    try (var connection = journal.connect();
        var statement = connection.createStatement()) {
      statement.execute("SET QUERY_STATISTICS TRUE");
      try (var node = new Entities(journal)) {
        var memory = node.memory("ses1", "a");
        for (int i = 1; i <= 20; i++) {
          assertThat(node.remembers(memory, "k", "v" + i, Entities.PATIENCE)).isTrue();
        }
      }
      try (var next = new Entities(journal)) {
        var memory = next.memory("ses1", "a");
        assertThat(next.recall(memory, "k")).isEqualTo("v20");
        assertThat(next.remembers(memory, "k", "more", Entities.PATIENCE)).isTrue();
      }
      assertThat(column(statement, "SELECT SQL_STATEMENT FROM INFORMATION_SCHEMA.QUERY_STATISTICS"))
          .contains(H2JournalDao.HIGHEST)
          .noneMatch(sql -> sql.toLowerCase(Locale.ROOT).contains("max(\"sequence_number\")"));
      String plan = "EXPLAIN ANALYZE " + H2JournalDao.HIGHEST.replace("?", "'agent-memory|ses1/a'");
      assertThat(column(statement, plan)).singleElement().asString().contains("scanCount: 1 ");
    }
    assertThat(count("event_journal", "agent-memory|ses1/a")).isEqualTo(21);
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
