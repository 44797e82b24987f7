package io.nanoswarm.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Counts rows of a node's journal, over a connection of its own.
 *
 * @param events rows
 * @param bytes of their payloads together
 * @param writers different persistence ids
 */
record JournalRows(long events, long bytes, long writers) {
  static final JournalRows NONE = new JournalRows(0, 0, 0);

  private static final String LAST = "SELECT MAX(\"ordering\") FROM \"event_journal\"";
  private static final String BETWEEN =
      """
      SELECT COUNT(*), SUM(OCTET_LENGTH("event_payload")), COUNT(DISTINCT "persistence_id")
      FROM "event_journal" WHERE "ordering" > ? AND "ordering" <= ?\
      """;

  /** The number of the latest row. */
  static long last(JournalSettings journal) throws SQLException {
    try (Connection connection = open(journal);
        PreparedStatement query = connection.prepareStatement(LAST);
        ResultSet result = query.executeQuery()) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  /** Those behind the one, up to the other. */
  static JournalRows between(JournalSettings journal, long after, long last) throws SQLException {
    try (Connection connection = open(journal);
        PreparedStatement query = connection.prepareStatement(BETWEEN)) {
      query.setLong(1, after);
      query.setLong(2, last);
      try (ResultSet result = query.executeQuery()) {
        return result.next()
            ? new JournalRows(result.getLong(1), result.getLong(2), result.getLong(3))
            : NONE;
      }
    }
  }

  private static Connection open(JournalSettings journal) throws SQLException {
    return DriverManager.getConnection(journal.url(), journal.user(), journal.password());
  }

  int bytesEach() {
    return events == 0 ? 0 : (int) (bytes / events);
  }
}
