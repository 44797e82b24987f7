package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.LocalNode;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.Refused;
import io.nanoswarm.client.UserError;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.store.H2File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes and copies what a real node has stored in a real H2 file. */
class KeepingTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static final ActorTestKit kit = ActorTestKit.create();

  @TempDir Path folder;
  private final LocalNodes nodes =
      new LocalNodes(
          SwarmSetup.offline().launchedBy((_, _) -> new SilentWorkers()),
          EndpointServer::start,
          "test",
          InstantSource.system());
  private LocalNode node;
  private EndpointClient client;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(folder.resolve("workspace/about.txt"), "nothing to look for\n");
    start("data");
  }

  private void start(String data) {
    node = nodes.start(folder.resolve(data), NodeOptions.DEFAULT);
    client = new EndpointClient(node.endpoint());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @AfterAll
  static void stopKit() {
    kit.shutdownTestKit();
  }

  @Test
  void nothing_is_left_of_a_session_that_is_deleted_and_all_of_the_others() throws Exception {
    String gone = open();
    String kept = open();
    client.cancel(gone, "enough");
    client.cancel(kept, "enough");

    var deleted = client.delete(List.of(gone));

    assertThat(deleted.rows()).isPositive();
    assertThat(ids()).containsExactly(kept);
    assertThatThrownBy(() -> client.session(gone))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no session '%s'".formatted(gone));
    assertThat(client.session(kept).status()).isEqualTo("cancelled");
    node.close();
    assertThat(rowsOf(gone)).isZero();
    assertThat(rowsOf(kept)).isPositive();
    assertThat(folder.resolve("data/blackboard").resolve(gone)).doesNotExist();
  }

  /** As a worker leaves it that was paused beyond the end of its session, or a crash. */
  @Test
  void what_is_written_of_a_session_after_it_was_deleted_is_deleted_by_the_next_start()
      throws Exception {
    String gone = open();
    String kept = open();
    client.cancel(gone, "enough");
    client.cancel(kept, "enough");
    client.delete(List.of(gone));
    node.close();
    int ofOthers = rowsOf(kept);
    for (String id :
        List.of("session|" + gone, "blackboard|" + gone, "agent-memory|" + gone + "/critic-1")) {
      execute(
          "INSERT INTO \"event_journal\" (\"persistence_id\", \"sequence_number\", \"writer\","
              + " \"write_timestamp\", \"adapter_manifest\", \"event_payload\", \"event_ser_id\","
              + " \"event_ser_manifest\") VALUES ('%s', 7, 'w', 0, '', X'7b7d', 7001, '')"
                  .formatted(id));
    }
    assertThat(rowsOf(gone)).isEqualTo(3);
    Path board = Files.createDirectories(folder.resolve("data/blackboard").resolve(gone));

    start("data");

    kit.createTestProbe()
        .awaitAssert(() -> {
          assertThat(rowsOf(gone)).isZero();
          assertThat(board).doesNotExist();
          return true;
        });
    assertThat(ids()).containsExactly(kept);
    assertThat(client.session(kept).status()).isEqualTo("cancelled");
    assertThat(rowsOf(kept)).isEqualTo(ofOthers);
  }

  @Test
  void a_deletion_that_failed_halfway_may_be_repeated() throws Exception {
    String gone = open();
    client.cancel(gone, "enough");
    client.delete(List.of(gone));
    Path board = Files.createDirectories(folder.resolve("data/blackboard").resolve(gone));
    Files.writeString(board.resolve("left"), "as by a failure");

    assertThat(client.delete(List.of(gone)).sessions()).isEqualTo(1);

    assertThat(board).doesNotExist();
  }

  @Test
  void a_session_that_is_deleted_is_not_gone_on_with() throws Exception {
    String gone = open();
    client.cancel(gone, "enough");
    client.delete(List.of(gone));

    for (ThrowingCallable late :
        List.<ThrowingCallable>of(
            () -> client.retry(gone, List.of()),
            () -> client.resume(gone),
            () -> client.cancel(gone, "again"))) {
      assertThatThrownBy(late)
          .isInstanceOf(Refused.class)
          .hasMessageContaining("no session '%s'".formatted(gone));
    }
    node.close();
    assertThat(rowsOf(gone)).isZero();
  }

  @Test
  void a_session_that_is_not_over_is_not_deleted_and_none_with_it() {
    String over = open();
    client.cancel(over, "enough");
    String runs = open();

    assertThatThrownBy(() -> client.delete(List.of(over, runs)))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("session %s is not over; nothing was deleted".formatted(runs));

    assertThat(ids()).containsExactlyInAnyOrder(over, runs);
    assertThat(client.session(over).status()).isEqualTo("cancelled");
    assertThatThrownBy(() -> client.delete(List.of(over, "nowhere")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no session 'nowhere'; nothing was deleted");
  }

  @Test
  void a_session_whose_tasks_cannot_be_tried_again_stays_as_it_is_listed() {
    String over = open();
    client.cancel(over, "enough");
    var before = client.sessions();

    assertThatThrownBy(() -> client.retry(over, List.of()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("session %s: it was cancelled, for good".formatted(over));

    assertThat(client.sessions()).isEqualTo(before);
    assertThat(client.dead()).isEmpty();
  }

  @Test
  void what_is_too_old_or_too_much_is_deleted_the_oldest_first() {
    var lines =
        List.of(line("old", 100), line("older", 200), line("young", 1), line("running", null));

    assertThat(Keeping.old(lines, settings(Duration.ofDays(90), 0), NOW))
        .extracting(SessionId::value)
        .containsExactly("older", "old");
    assertThat(Keeping.old(lines, settings(Duration.ZERO, 2), NOW))
        .extracting(SessionId::value)
        .containsExactly("older");
    assertThat(Keeping.old(lines, settings(Duration.ZERO, 0), NOW)).isEmpty();
  }

  private static RetentionSettings settings(Duration ended, int most) {
    return new RetentionSettings(ended, most, Duration.ofHours(1));
  }

  private static SessionLine line(String id, Integer days) {
    return new SessionLine(
        new SessionId(id),
        "goal",
        "/shop",
        NOW.minus(Duration.ofDays(300)),
        days == null ? null : "completed",
        days == null ? null : NOW.minus(Duration.ofDays(days)),
        null,
        null);
  }

  @Test
  void a_backup_of_a_working_node_has_all_that_was_confirmed_and_is_restored_elsewhere()
      throws Exception {
    String over = open();
    client.cancel(over, "enough");
    String runs = open();
    Path file = folder.resolve("copy.zip");

    var backup = client.backup(file.toString());
    client.cancel(runs, "after the backup");
    node.close();
    nodes.restore(file, folder.resolve("restored"));
    start("restored");

    assertThat(backup.sessions()).isEqualTo(2);
    assertThat(Files.size(file)).isEqualTo(backup.bytes());
    assertThat(ids()).containsExactlyInAnyOrder(over, runs);
    assertThat(client.session(over).status()).isEqualTo("cancelled");
    assertThat(client.session(runs).status()).isEqualTo("paused");
    client.resume(runs);
    try (Stream<Path> beside = Files.list(folder)) {
      assertThat(beside.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("workspace", "data", "restored", "copy.zip");
    }
  }

  @Test
  void a_backup_replaces_nothing() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "mine");

    assertThatThrownBy(() -> client.backup(file.toString()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("taken exists");
    assertThat(file).hasContent("mine");
    assertThatThrownBy(() -> client.backup(folder.resolve("nowhere/copy.zip").toString()))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("there is no folder");
  }

  @Test
  void what_is_no_backup_is_not_restored_and_nothing_is_replaced() throws IOException {
    Path text = Files.writeString(folder.resolve("text.zip"), "mine");
    Path strange = folder.resolve("strange.zip");
    try (OutputStream out = Files.newOutputStream(strange);
        var zip = new ZipOutputStream(out)) {
      for (String name : List.of("version", "journal.mv.db", "../outside")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.closeEntry();
      }
    }

    for (Path file : List.of(text, strange)) {
      assertThatThrownBy(() -> nodes.restore(file, folder.resolve("restored")))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(file + " is no backup");
    }
    assertThatThrownBy(() -> nodes.restore(text, folder.resolve("data")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("exists and is not empty; nothing was changed");
    assertThatThrownBy(() -> nodes.restore(folder.resolve("none"), folder.resolve("restored")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no file");
    assertThat(folder.resolve("restored")).doesNotExist();
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  private String open() {
    return client.open(
        new SessionRequest(
            "what is this about?",
            folder.resolve("workspace").toString(),
            Map.of(),
            null,
            null,
            null));
  }

  private List<String> ids() {
    return client.sessions().stream().map(SessionSummary::id).toList();
  }

  private Connection journal() throws SQLException {
    return new H2File(folder.resolve("data/journal"), folder.resolve("data/artifacts")).connect();
  }

  private void execute(String sql) throws SQLException {
    try (var connection = journal();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int rowsOf(String session) throws SQLException {
    try (var connection = journal();
        var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "SELECT COUNT(*) FROM \"event_journal\" WHERE \"persistence_id\" LIKE '%"
                    + session
                    + "%'")) {
      found.next();
      return found.getInt(1);
    }
  }
}
