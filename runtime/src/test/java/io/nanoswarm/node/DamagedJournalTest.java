package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.UserError;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.store.H2File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that is not as a node left it: what is wrong is said, with the file and a way out. */
class DamagedJournalTest {
  @TempDir Path folder;
  private Path data;
  private Path journal;

  @BeforeEach
  void aJournal() throws IOException, SQLException {
    data = folder.resolve("data");
    journal = data.resolve("journal.mv.db");
    start();
    fill();
    database().closed();
    Files.createDirectories(data.resolve("artifacts/ab"));
    Files.writeString(data.resolve("artifacts/ab/cd"), "of a session");
  }

  private H2File database() {
    return new H2File(data.resolve("journal"), data.resolve("artifacts"));
  }

  /** As much as some sessions. */
  private void fill() throws SQLException {
    try (var connection = database().connect();
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO PUBLIC."event_journal" ("persistence_id", "sequence_number", "writer",
                  "write_timestamp", "adapter_manifest", "event_payload", "event_ser_id",
                  "event_ser_manifest") VALUES ('other|x', ?, '', 0, '', ?, 7001, '')\
                """)) {
      for (int i = 1; i <= 2000; i++) {
        insert.setInt(1, i);
        insert.setBytes(2, new byte[200]);
        insert.executeUpdate();
      }
    }
  }

  private void start() {
    new LocalNodes(SwarmSetup.offline(), EndpointServer::start, "test", InstantSource.system())
        .start(data, NodeOptions.DEFAULT)
        .close();
  }

  @Test
  void one_that_is_cut_off_is_refused_and_left_as_it_is() throws IOException {
    try (var file = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }

    assertRefused("the journal %s is damaged: ".formatted(journal));
  }

  @Test
  void one_that_was_overwritten_is_refused_and_left_as_it_is() throws IOException {
    try (var file = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      for (long at = 3 * 4096; at < file.size() - 4096; at += 4096) {
        file.write(ByteBuffer.wrap(new byte[1024]), at);
      }
    }

    assertRefused("the journal %s is damaged: ".formatted(journal));
  }

  @Test
  void one_that_is_no_database_is_refused_and_left_as_it_is() throws IOException {
    Files.writeString(journal, "something else".repeat(10_000));

    assertRefused("the journal %s ".formatted(journal));
  }

  @Test
  void one_that_is_empty_is_not_begun_anew_where_sessions_were_stored() throws IOException {
    Files.write(journal, new byte[0]);

    assertRefused("%s is empty or missing, and sessions were stored".formatted(journal));
  }

  @Test
  void one_that_is_gone_is_not_begun_anew_where_sessions_were_stored() throws IOException {
    Files.delete(journal);

    var error = refusal();
    assertThat(error).hasMessageContaining("%s is empty or missing".formatted(journal));
    assertThat(journal).doesNotExist();
  }

  @Test
  void the_folder_is_free_for_the_next_once_the_journal_is_restored() throws IOException {
    var copy = Files.copy(journal, folder.resolve("copy"));
    Files.write(journal, new byte[0]);
    var _ = refusal();

    Files.delete(journal);
    Files.copy(copy, journal);

    start();
  }

  private void assertRefused(String message) throws IOException {
    byte[] before = Files.readAllBytes(journal);
    var error = refusal();
    assertThat(error).hasMessageStartingWith(message);
    assertThat(error.hint()).contains("swarm restore");
    assertThat(journal).hasBinaryContent(before);
  }

  private UserError refusal() {
    var error = catchThrowableOfType(UserError.class, this::start);
    assertThat(error).isNotNull();
    assertThat(error.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
    return error;
  }
}
