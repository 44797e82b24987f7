package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import io.nanoswarm.channel.DurableChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal promises, whatever database it stands on. */
abstract class JournalContract {
  private static final String INSERT_EVENT =
      """
      INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer", "write_timestamp",
        "adapter_manifest", "event_payload", "event_ser_id", "event_ser_manifest")
      VALUES (?, ?, 'w', 0, '', ?, 7001, '')\
      """;

  @TempDir Path folder;
  JournalDatabase journal;

  /** A journal that is empty, and not prepared yet. */
  abstract JournalDatabase journal(Path data) throws Exception;

  /** How many scripts make its tables. */
  abstract int schemas();

  @BeforeEach
  void anEmptyJournal() throws Exception {
    journal = journal(Files.createDirectories(folder.resolve("data")));
    journal.prepare();
  }

  @Test
  void what_was_confirmed_is_read_again_in_its_order_by_the_next_node() throws Exception {
    int many = 75;
    try (var node = new Entities(journal)) {
      var channel = node.channel("news");
      var confirmed =
          IntStream.rangeClosed(1, many)
              .mapToObj(i -> node.publish(channel, "message " + i, Entities.PATIENCE))
              .toList();
      confirmed.forEach(CompletableFuture::join);
    }
    try (var next = new Entities(journal)) {
      assertThat(next.heard(next.channel("news"), many))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, many).mapToObj(i -> i + " message " + i).toList());
      assertThat(next.publish(next.channel("news"), "one more", Entities.PATIENCE).join())
          .isEqualTo(new DurableChannel.Published(many + 1));
    }
    assertThat(count("event_journal", "durable-channel|news")).isEqualTo(many + 1);
    assertThat(count("snapshot", "durable-channel|news")).as("kept").isBetween(1, 3);
  }

  @Test
  void what_is_large_or_in_any_language_comes_back_as_it_was() throws Exception {
    String any = "naïve Straße 名前 🐝 \" \\ \u0001 é ";
    String large =
        any.repeat(DurableChannel.MAX_MESSAGE_BYTES / any.getBytes(StandardCharsets.UTF_8).length);
    int many = 45; // 2.8 MB, of which two snapshots are taken
    try (var node = new Entities(journal)) {
      assertThat(node.remembers(node.memory("ses1", "agent-1"), any, any, Entities.PATIENCE))
          .isTrue();
      var channel = node.channel("名前");
      for (int i = 1; i <= many; i++) {
        node.publish(channel, large, Entities.PATIENCE).join();
      }
    }
    try (var next = new Entities(journal)) {
      assertThat(next.recall(next.memory("ses1", "agent-1"), any)).isEqualTo(any);
      assertThat(next.heard(next.channel("名前"), many))
          .hasSize(many)
          .allMatch(text -> text.endsWith(large));
    }
  }

  @Test
  void what_has_failed_is_tried_again_after_five_seconds() {
    Config config = Entities.config(journal);

    for (String plugin : List.of("jdbc-journal", "jdbc-snapshot-store")) {
      assertThat(config.getDuration(plugin + ".circuit-breaker.reset-timeout"))
          .as(plugin)
          .isEqualTo(Duration.ofSeconds(5));
    }
  }

  /** As two nodes would that both take themselves for the only one. */
  @Test
  void of_two_writers_of_one_entity_one_fails_and_goes_on_from_what_is_stored() throws Exception {
    var patience = Duration.ofSeconds(5);
    var confirmed = new ArrayList<String>();
    try (var one = new Entities(journal);
        var other = new Entities(journal)) {
      var memories = List.of(one.memory("ses1", "a"), other.memory("ses1", "a"));
      var nodes = List.of(one, other);
      assertThat(one.recall(memories.getFirst(), "k")).isNull();
      assertThat(other.recall(memories.getLast(), "k")).isNull();
      int refused = 0;
      for (int i = 0; i < 4; i++) {
        String key = "k" + i;
        int writer = i % 2;
        boolean first = nodes.get(writer).remembers(memories.get(writer), key, "1", patience);
        if (!first) {
          refused++;
          assertThat(nodes.get(writer).remembers(memories.get(writer), key, "1", Entities.PATIENCE))
              .as("goes on from what the other has stored")
              .isTrue();
        }
        confirmed.add(key);
      }
      assertThat(refused)
          .as("each but the first found the other's event in its place")
          .isGreaterThanOrEqualTo(3);
    }
    try (var third = new Entities(journal)) {
      var memory = third.memory("ses1", "a");
      assertThat(confirmed).allMatch(key -> "1".equals(third.recall(memory, key)));
    }
    assertThat(count("event_journal", "agent-memory|ses1/a")).isEqualTo(confirmed.size());
  }

  @Test
  void a_number_of_an_entity_is_given_once() throws SQLException {
    event("session|ses1", 1, "{}");
    assertThatThrownBy(() -> event("session|ses1", 1, "{}"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
  }

  @Test
  void a_session_is_deleted_with_all_that_is_its_own_and_nothing_else() throws Exception {
    var own =
        List.of(
            "session|ses1", "blackboard|ses1", "agent-memory|ses1/a", "agent-memory|ses1/Ärger 名");
    var others =
        List.of(
            "session|ses10",
            "session|SES1",
            "blackboard|ses1-2",
            "agent-memory|ses1-2/a",
            "agent-memory|ses10/a",
            "agent-memory|SES1/a",
            "agent-memory|s/1",
            "durable-channel|ses1",
            "session-directory|sessions");
    for (String id : own) {
      event(id, 1, "{}");
      event(id, 2, "{}");
    }
    for (String id : others) {
      event(id, 1, "{}");
    }

    assertThat(new SessionRows(journal).delete(List.of("ses1"))).isEqualTo(2L * own.size());

    assertThat(ids()).containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void artifacts_that_events_mention_are_found_in_all_of_them() throws Exception {
    var hashes = IntStream.range(0, 500).mapToObj("%064x"::formatted).toList();
    try (Connection connection = journal.connect();
        var insert = connection.prepareStatement(INSERT_EVENT)) {
      for (int i = 0; i < hashes.size(); i++) {
        String json = "{\"sha256\":\"%s\"}".formatted(hashes.get(i));
        insert.setString(1, "session|ses1");
        insert.setLong(2, i + 1);
        insert.setBytes(3, json.getBytes(StandardCharsets.UTF_8));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    assertThat(new SessionRows(journal).mentionedHashes()).isEqualTo(Set.copyOf(hashes));
  }

  @Test
  void it_is_prepared_as_often_as_nodes_start() throws Exception {
    event("session|ses1", 1, "{}");
    journal.prepare();
    journal.prepare();
    assertThat(ids()).containsExactly("session|ses1");
  }

  @Test
  void the_query_of_readiness_reads_it_and_fails_where_its_tables_are_gone() throws Exception {
    JournalQuery.run(journal, Duration.ofSeconds(10));

    execute("DROP TABLE \"event_journal\" CASCADE");

    assertThatThrownBy(() -> JournalQuery.run(journal, Duration.ofSeconds(10)))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void a_schema_of_a_newer_program_is_refused_and_left_as_it_is() throws Exception {
    execute("INSERT INTO \"nanoswarm_schema\" (\"version\", \"script\") VALUES (99, 'later.sql')");
    assertThatThrownBy(journal::prepare)
        .isInstanceOf(StoreProblem.class)
        .hasMessage("the journal has schema 99, and this program knows schemas up to %d", schemas())
        .extracting(e -> ((StoreProblem) e).hint())
        .asString()
        .contains("use the version of Nanoswarm that wrote it");
    assertThat(ids()).isEmpty();
  }

  void event(String id, long number, String json) throws SQLException {
    try (Connection connection = journal.connect();
        var insert = connection.prepareStatement(INSERT_EVENT)) {
      insert.setString(1, id);
      insert.setLong(2, number);
      insert.setBytes(3, json.getBytes(StandardCharsets.UTF_8));
      insert.executeUpdate();
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = journal.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> ids() throws SQLException {
    var ids = new ArrayList<String>();
    try (Connection connection = journal.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT \"persistence_id\" FROM \"event_journal\"")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  int count(String table, String id) throws SQLException {
    try (Connection connection = journal.connect();
        var query =
            connection.prepareStatement(
                "SELECT COUNT(*) FROM \"%s\" WHERE \"persistence_id\" = ?".formatted(table))) {
      query.setString(1, id);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
