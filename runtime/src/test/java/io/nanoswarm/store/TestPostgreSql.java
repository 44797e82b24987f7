package io.nanoswarm.store;

import io.nanoswarm.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A real PostgreSQL of this JVM's own, on loopback. One is shared by all tests that do not kill it.
 * It ends with the JVM.
 *
 * <p>It is started as a careless administrator would: {@code synchronous_commit} is off.
 */
public final class TestPostgreSql implements AutoCloseable {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable TestPostgreSql shared;
  private static @Nullable String impossible;

  private final @Nullable Path folder;
  private final int port;
  private EmbeddedPostgres server;

  /** The one of this JVM; a test is aborted, and says why, where none can be started. */
  public static synchronized TestPostgreSql shared() throws IOException {
    if (shared == null) {
      shared = start(null);
    }
    return shared;
  }

  /**
   * One of a test's own, which it may kill.
   *
   * @param folder for its data; null for one that is deleted with it
   */
  public static synchronized TestPostgreSql start(@Nullable Path folder) throws IOException {
    if (impossible != null) {
      throw new TestAbortedException(impossible);
    }
    try {
      return new TestPostgreSql(folder);
    } catch (IOException | IllegalStateException e) {
      impossible =
          "PostgreSQL was not tested: it cannot be started on this machine, which as root needs"
              + " `unshare -U`: "
              + e.getMessage();
      throw new TestAbortedException(impossible, e);
    }
  }

  private TestPostgreSql(@Nullable Path folder) throws IOException {
    this.folder = folder == null ? null : folder.resolve("data");
    this.port = FreePort.next();
    server = run();
  }

  private EmbeddedPostgres run() throws IOException {
    var builder = EmbeddedPostgres.builder();
    if (folder != null) {
      builder.setDataDirectory(folder).setCleanDataDirectory(false);
    }
    return builder
        .setPort(port)
        .setServerConfig("max_connections", "100")
        .setServerConfig("shared_buffers", "16MB")
        .setPGStartupWait(Duration.ofSeconds(60))
        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The folder of the server's programs, {@code initdb} among them. */
  public Path programs() throws IOException, SQLException {
    var postgres = postmaster().info().command().orElseThrow();
    return Path.of(postgres).toRealPath().getParent();
  }

  private ProcessHandle postmaster() throws IOException, SQLException {
    var pid = Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).getFirst());
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** Ends every process of the server as {@code kill -9} does. */
  public void kill() throws IOException, SQLException {
    var postmaster = postmaster();
    List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
    postmaster.descendants().forEach(all::add);
    all.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .join();
    server.close(); // what is there to stop is gone: this gives its folder free
  }

  private Path data() throws SQLException {
    try (var connection = DriverManager.getConnection(url("postgres"), "postgres", "");
        var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW data_directory")) {
      row.next();
      return Path.of(row.getString(1));
    }
  }

  /** Starts it again on the same data and the same port. */
  public void restart() throws IOException {
    server = run();
  }

  /** A new, empty database, in a locale whose order is not that of the bytes. */
  public String newDatabase() throws SQLException {
    String name = "test" + DATABASES.incrementAndGet();
    execute(
        "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
            .formatted(name));
    return name;
  }

  public void execute(String sql) throws SQLException {
    execute("postgres", sql);
  }

  public void execute(String database, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url(database), "postgres", "");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public int port() {
    return port;
  }

  public String url(String database) {
    return "jdbc:postgresql://localhost:%d/%s".formatted(port, database);
  }

  /** The journal in a database, for a data folder. */
  JournalDatabase journal(String database, Path data) {
    return journal(new DatabaseSettings.Server(url(database), "postgres", null, 4), data);
  }

  static JournalDatabase journal(DatabaseSettings.Server server, Path data) {
    return new DatabaseSettings(server)
        .database(data.resolve("journal"), data.resolve("artifacts"));
  }

  /** From now on a user has to tell a password. */
  public void askPasswordOf(String user) throws IOException, SQLException {
    var file = data().resolve("pg_hba.conf");
    var rules = Files.readString(file);
    Files.writeString(file, "host all %s samehost scram-sha-256%n%s".formatted(user, rules));
    execute("SELECT pg_reload_conf()");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
