package io.nanoswarm.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Advisory locks of one session of the server's, which ends with this process; if the way to the
 * server is cut off, the server notices within half a minute and gives them free.
 *
 * <p>There are two, each of a schema, since several swarms may share a database by one each: on
 * using the database at all, and on being in a cluster that does. Whoever is alone, or founds, has
 * one for itself; members of a cluster share both.
 *
 * <p>Guarantee: what the server has forgotten, since it was started anew or a connection broke, is
 * taken again as soon as it answers.
 */
final class PostgreSqlHold implements JournalDatabase.Hold {
  private static final Logger LOG = LoggerFactory.getLogger(PostgreSqlHold.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** Longer than any lock is waited for. */
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(90);

  private static final String NOTICE =
      "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
          + " SET tcp_keepalives_count = 3";

  private static final String SCHEMA = ", hashtext(coalesce(current_schema(), '')))";

  /** The numbers are anyone's choice, and must stay. */
  private static final String USE = "(73021518" + SCHEMA;

  /** Who waits in the server's queue for it alone would keep out all that share it meanwhile. */
  private static final String ALONE =
      """
      DO $$
      BEGIN
        WHILE NOT pg_try_advisory_lock%s LOOP
          IF clock_timestamp() > statement_timestamp() + interval '%%d milliseconds' THEN
            RAISE lock_not_available;
          END IF;
          PERFORM pg_sleep(0.2);
        END LOOP;
      END $$\
      """
          .formatted(USE);

  private static final String MEMBERSHIP = "(73021519" + SCHEMA;

  /** A server that has just started has forgotten the members: they have time to come again. */
  private static final String FOUND =
      "SELECT CASE WHEN now() - pg_postmaster_start_time() > interval '15 seconds'"
          + " THEN pg_try_advisory_lock"
          + MEMBERSHIP
          + " ELSE false END";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connector connector;
  private final boolean withOthers;
  private final CompletableFuture<String> taken = new CompletableFuture<>();
  private Connection connection;
  private boolean founding;
  private boolean member;
  private boolean noted;
  private boolean closed;

  /** Opens a connection. */
  interface Connector {
    Connection connect() throws SQLException;
  }

  /** Somebody else has it. */
  static final class Held extends Exception {
    private Held(SQLException cause) {
      super("held by another node", cause);
    }
  }

  private PostgreSqlHold(Connector connector, boolean withOthers, Connection connection) {
    this.connector = connector;
    this.withOthers = withOthers;
    this.connection = connection;
  }

  /**
   * @param withOthers whether others of the same cluster may hold it as well
   * @param within how long it is waited for who has just died
   * @throws Held if somebody has it for that long
   */
  static PostgreSqlHold take(Connector connector, boolean withOthers, Duration within)
      throws Held, SQLException {
    var hold = new PostgreSqlHold(connector, withOthers, use(connector, withOthers, within));
    Thread.ofVirtual().name("journal-hold").start(hold::keep);
    return hold;
  }

  private static Connection use(Connector connector, boolean withOthers, Duration within)
      throws Held, SQLException {
    var connection = connector.connect();
    try (Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, (int) ANSWERS_WITHIN.toMillis());
      statement.execute(NOTICE);
      statement.execute("SET lock_timeout = %d".formatted(Math.max(1, within.toMillis())));
      if (withOthers) {
        statement.execute("SELECT pg_advisory_lock_shared" + USE);
      } else {
        statement.execute(ALONE.formatted(within.toMillis()));
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw new Held(e);
      }
      throw e;
    }
  }

  /** Says no as well if the server does not answer: who cannot ask must not found. */
  @Override
  public synchronized boolean found() {
    try {
      founding = founding || took(FOUND);
    } catch (SQLException e) {
      LOG.warn("whether there is a cluster cannot be asked: [{}]", e.toString());
    }
    return founding;
  }

  @Override
  public synchronized void joined() {
    member = true;
    note();
  }

  /** Until it is: whoever is not noted does not keep others from founding. */
  private void note() {
    try {
      share();
      noted = true;
    } catch (SQLException e) {
      LOG.warn("membership is not noted yet: [{}]", e.toString());
    }
  }

  /** Waits for a founder, which shares as soon as it is a member itself. */
  private void share() throws SQLException {
    run("SELECT pg_advisory_lock_shared" + MEMBERSHIP);
    if (founding) {
      run("SELECT pg_advisory_unlock" + MEMBERSHIP);
      founding = false;
    }
  }

  @Override
  public CompletionStage<String> lost() {
    return taken;
  }

  private synchronized void keep() {
    while (!closed) {
      if (!isValid()) {
        takeAgain();
      } else if (member && !noted) {
        note();
      }
      try {
        wait(LOOK_EVERY.toMillis());
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private boolean isValid() {
    try {
      return connection.isValid((int) LOOK_EVERY.toSeconds());
    } catch (SQLException _) {
      return false;
    }
  }

  private void takeAgain() {
    quietly(connection);
    try {
      founding = false;
      noted = false;
      connection = use(connector, withOthers, LOOK_EVERY);
      if (member) {
        note();
      }
      LOG.info("the journal is held again");
    } catch (Held _) {
      taken.complete("another node has taken the journal while this one could not reach it");
    } catch (SQLException e) {
      LOG.warn("the journal is not held again yet: [{}]", e.toString());
    }
  }

  private boolean took(String lock) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(lock)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    quietly(connection);
  }

  private static void quietly(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.warn("the hold on the journal was not given back in order: [{}]", e.toString());
    }
  }
}
