package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LastCommitsTest {
  /** Space is reused at once, so that the newest chunk stands in the middle of the file. */
  private static final String SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=100";

  private static final int KILLS = 4;

  @TempDir Path folder;

  /** The file is of a process that had committed 323 rows when it was killed. */
  @Test
  void what_h2_overlooks_after_a_kill_is_found() throws Exception {
    Path file = folder.resolve("killed.mv.db");
    unpackKilled(file);
    assertThat(rows(folder.resolve("killed"))).as("what H2 finds by itself").hasSize(320);
    unpackKilled(file);

    assertThat(LastCommits.recover(file)).isEqualTo(3);

    assertThat(rows(folder.resolve("killed"))).hasSize(323);
    assertThat(LastCommits.recover(file)).as("once more").isZero();
  }

  @Test
  @Timeout(120)
  void what_was_committed_is_there_however_often_its_process_is_killed() throws Exception {
    var committed = new ArrayList<String>();
    var random = new Random(7);
    for (int kill = 0; kill < KILLS; kill++) {
      committed.addAll(writeUntilKilled(300 + random.nextInt(500)));
      var _ = LastCommits.recover(folder.resolve("live.mv.db"));
      Files.copy(folder.resolve("live.mv.db"), folder.resolve("copy" + kill + ".mv.db"));

      assertThat(rows(folder.resolve("copy" + kill))).containsAll(committed);
    }
  }

  @Test
  void a_database_that_is_opened_again_has_its_last_commits() throws Exception {
    Path file = folder.resolve("killed.mv.db");
    String url = RecoveringDriver.url("jdbc:h2:file:" + folder.resolve("killed") + SETTINGS);
    try (Connection first = DriverManager.getConnection(url, "sa", "")) {
      assertThat(first.isValid(1)).isTrue();
    }
    unpackKilled(file);

    DriverManager.getConnection(url, "sa", "").close();

    assertThat(rows(folder.resolve("killed"))).hasSize(323);
  }

  /** As the query of readiness may be, when the journal's own connection failed. */
  @Test
  void whoever_opens_it_again_finds_the_last_commits() throws Exception {
    var journal = new H2File(folder.resolve("killed"), folder.resolve("artifacts"));
    journal.connect().close();
    unpackKilled(folder.resolve("killed.mv.db"));

    try (var connection = journal.connect();
        var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM ev")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(323);
    }
  }

  /** As another process would, which the lock of this one keeps out. */
  @Test
  void nobody_else_gets_into_a_file_that_is_open_however_often_it_is_connected_to()
      throws Exception {
    var journal = new H2File(folder.resolve("locked"), folder.resolve("artifacts"));
    try (var first = journal.connect()) {
      journal.connect().close();
      journal.connect().close();

      var other =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Intruder.class.getName(),
                  folder.resolve("locked.mv.db").toString())
              .inheritIO()
              .start();

      assertThat(other.waitFor()).isEqualTo(Intruder.KEPT_OUT);
      assertThat(first.isValid(1)).isTrue();
    }
  }

  /** Opens a file that is another's. */
  static final class Intruder {
    static final int KEPT_OUT = 3;

    private Intruder() {}

    public static void main(String[] arguments) {
      try (MVStore store = MVStore.open(arguments[0])) {
        System.exit(store.isClosed() ? 1 : 0);
      } catch (MVStoreException e) {
        System.exit(e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED ? KEPT_OUT : 1);
      }
    }
  }

  /** The look of one at the file keeps the other out of it. */
  @Test
  @Timeout(120)
  void of_several_that_open_it_at_once_none_is_refused() throws Exception {
    String url = RecoveringDriver.url("jdbc:h2:file:" + folder.resolve("shared") + SETTINGS);
    DriverManager.getConnection(url, "sa", "").close();
    try (var threads = Executors.newFixedThreadPool(4)) {
      var opening =
          Collections.<Callable<Void>>nCopies(
              200,
              () -> {
                DriverManager.getConnection(url, "sa", "").close();
                return null;
              });
      for (var opened : threads.invokeAll(opening)) {
        opened.get();
      }
    }
  }

  @Test
  void a_file_that_is_damaged_or_was_closed_in_order_stays_as_it_is() throws Exception {
    try (Connection connection = open(folder.resolve("whole"))) {
      connection.createStatement().execute("CREATE TABLE ev (id VARCHAR PRIMARY KEY)");
    }
    Path damaged = folder.resolve("damaged.mv.db");
    unpackKilled(damaged);
    try (var channel = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
      for (long at = 0; at < channel.size(); at += 4096) {
        channel.write(ByteBuffer.wrap("damaged".getBytes(StandardCharsets.UTF_8)), at);
      }
    }

    for (Path file : List.of(folder.resolve("whole.mv.db"), damaged)) {
      byte[] before = Files.readAllBytes(file);

      assertThat(LastCommits.recover(file)).as(file.toString()).isZero();
      assertThat(file).hasBinaryContent(before);
    }
    assertThat(LastCommits.recover(folder.resolve("none.mv.db"))).isZero();
  }

  private static void unpackKilled(Path file) throws IOException {
    try (InputStream packed =
            Objects.requireNonNull(LastCommitsTest.class.getResourceAsStream("killed.mv.db.gz"));
        var content = new GZIPInputStream(packed)) {
      Files.write(file, content.readAllBytes());
    }
  }

  private static Connection open(Path database) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:file:" + database + SETTINGS, "sa", "");
  }

  private static Set<String> rows(Path database) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + database + SETTINGS + ";DATABASE_TO_UPPER=FALSE", "sa", "");
        var statement = connection.createStatement();
        var found = statement.executeQuery("SELECT \"id\" FROM ev")) {
      var ids = new HashSet<String>();
      while (found.next()) {
        ids.add(found.getString(1));
      }
      return ids;
    }
  }

  /** What another JVM says that it has committed. */
  private List<String> writeUntilKilled(int millis) throws Exception {
    Path said = folder.resolve("said");
    Files.deleteIfExists(said);
    Process writer =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.resolve("live").toString(),
                said.toString())
            .inheritIO()
            .start();
    try {
      while (!Files.exists(said)) {
        assertThat(writer.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      Thread.sleep(millis); // a kill at any moment is what is tried
    } finally {
      writer.destroyForcibly().waitFor();
    }
    return Files.readAllLines(said);
  }

  /** Commits, and then says so, until it is killed. */
  static final class Writer {
    public static void main(String[] args) throws Exception {
      long run = System.nanoTime();
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:h2:file:" + args[0] + SETTINGS + ";DATABASE_TO_UPPER=FALSE", "sa", "");
          var said =
              FileChannel.open(
                  Path.of(args[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        connection
            .createStatement()
            .execute(
                "CREATE TABLE IF NOT EXISTS ev (\"id\" VARCHAR PRIMARY KEY, \"payload\" BLOB)");
        connection.setAutoCommit(false);
        var insert = connection.prepareStatement("INSERT INTO ev VALUES (?, ?)");
        for (long i = 0; ; i++) {
          String id = run + "-" + i;
          insert.setString(1, id);
          insert.setBytes(2, new byte[400]);
          insert.executeUpdate();
          connection.commit();
          said.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
  }
}
