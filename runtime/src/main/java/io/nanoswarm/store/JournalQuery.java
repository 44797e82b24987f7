package io.nanoswarm.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Finds out whether the journal can be read now, beside those who use it. */
public final class JournalQuery {
  private static final String READ =
      "SELECT COUNT(*) FROM \"event_journal\" WHERE \"persistence_id\" = ''";

  private JournalQuery() {}

  /**
   * Reads nothing that is there, by the journal's own index. Blocks.
   *
   * @param within the time that the database has for it; a connection may take longer to fail
   * @throws SQLException if it cannot be read
   */
  public static void run(JournalDatabase database, Duration within) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(Math.toIntExact(Math.max(1, within.toSeconds())));
      try (ResultSet row = statement.executeQuery(READ)) {
        row.next();
      }
    }
  }
}
