package io.nanoswarm.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.store.DatabaseSettings.Server;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that others run.
 *
 * <p>Guarantees: what was committed is on the server's disk, also where the server is configured
 * not to wait for that. The password is in no text that this writes, and in no address.
 *
 * @param unused the data folder's own journal, which must not be there
 */
public record PostgreSql(Server server, H2File unused) implements JournalDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(PostgreSql.class);
  private static final String DB = "pekko-persistence-jdbc.shared-databases.slick.db.";

  /** Waits its turn for a minute; the number is anyone's choice, and must stay. */
  private static final String LOCK =
      "SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock(7302151840221)";

  /** As long as the server takes to notice that a node is cut off. */
  private static final Duration LET_GO_WITHIN = Duration.ofSeconds(30);

  private static final Schema SCHEMA =
      new Schema("/schema/postgresql", List.of("001-journal.sql", "002-artifact.sql"), LOCK);

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public String name() {
    return server.address();
  }

  @Override
  public void prepare() throws StoreProblem, IOException {
    if (unused.isThere()) {
      throw new StoreProblem(
          "%s holds sessions, and swarm.journal.database is postgresql".formatted(unused.file()),
          "use another data folder with --data DIR, or unset NANOSWARM_JOURNAL");
    }
    try (Connection connection = connect()) {
      refuseOtherEncodings(connection);
      int applied = SCHEMA.apply(connection);
      LOG.info("the journal is in [{}], [{}] scripts applied", name(), applied);
    } catch (SQLException e) {
      throw PostgreSqlFailure.of(server, e);
    }
    JournalMark.write(unused.journal(), name());
  }

  @Override
  public Hold hold(boolean withOthers) throws StoreProblem {
    return hold(withOthers, LET_GO_WITHIN);
  }

  Hold hold(boolean withOthers, Duration within) throws StoreProblem {
    try {
      return PostgreSqlHold.take(this::connect, withOthers, within);
    } catch (PostgreSqlHold.Held _) {
      throw new StoreProblem(
          "%s is used by %s"
              .formatted(
                  name(),
                  withOthers
                      ? "a node that is in no cluster"
                      : "another node, and this one is not to join it"),
          withOthers
              ? "stop that node, and start it again with the same --join"
              : "start this node with the --join of the others, or give it another database");
    } catch (SQLException e) {
      throw PostgreSqlFailure.of(server, e);
    }
  }

  /** Ids of agents and sections may be in any language. */
  private void refuseOtherEncodings(Connection connection) throws SQLException, StoreProblem {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_encoding")) {
      row.next();
      if (!row.getString(1).equals("UTF8")) {
        throw new StoreProblem(
            "the database %s has the encoding %s (expected: UTF8)"
                .formatted(name(), row.getString(1)),
            "create one with ENCODING 'UTF8', and name it in NANOSWARM_POSTGRESQL_URL");
      }
    }
  }

  @Override
  public Connection connect() throws SQLException {
    var properties = new Properties();
    if (!server.user().isEmpty()) {
      properties.setProperty("user", server.user());
    }
    if (server.password() != null) {
      properties.setProperty("password", server.password());
    }
    properties.setProperty("ApplicationName", "nanoswarm");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("tcpKeepAlive", "true");
    // Reading or deleting much takes its time.
    properties.setProperty("socketTimeout", "300");
    return DriverManager.getConnection(server.url(), properties);
  }

  @Override
  public Config plugins() {
    Map<String, Object> told = new HashMap<>();
    told.put(DB + "url", server.url());
    told.put(DB + "numThreads", server.connections());
    told.put(DB + "maxConnections", server.connections());
    told.put(DB + "minConnections", server.connections());
    if (!server.user().isEmpty()) {
      told.put(DB + "user", server.user());
    }
    if (server.password() != null) {
      told.put(DB + "password", server.password());
    }
    return ConfigFactory.parseMap(told)
        .withFallback(ConfigFactory.parseResources("journal-postgresql.conf"));
  }

  /** The server needs no note of that. */
  @Override
  public void closed() {}

  @Override
  public String repair() {
    return "see whether PostgreSQL can be reached at %s; when it can, repeat the request"
        .formatted(name());
  }
}
