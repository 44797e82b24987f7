package io.nanoswarm.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of a journal, as numbered scripts of which each is applied once, in their order. Which
 * were is noted in the table {@code nanoswarm_schema}.
 *
 * <p>Guarantees: of several nodes that start at once, one applies a script, and the others wait for
 * it. A schema that a newer program has made is left as it is.
 *
 * @param folder of the scripts on the class path
 * @param scripts by number, the first being 1. A released one is never changed
 * @param lock a statement that waits until no other node is at it, to the end of the transaction
 */
record Schema(String folder, List<String> scripts, String lock) {
  private static final String IS_KNOWN =
      """
      SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES
      WHERE TABLE_NAME = 'nanoswarm_schema' AND TABLE_SCHEMA = CURRENT_SCHEMA\
      """;
  private static final String KNOW =
      """
      CREATE TABLE IF NOT EXISTS "nanoswarm_schema" (
        "version" INTEGER PRIMARY KEY,
        "script" VARCHAR(100) NOT NULL,
        "applied_at" TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL)\
      """;
  private static final String VERSION = "SELECT MAX(\"version\") FROM \"nanoswarm_schema\"";
  private static final String NOTE =
      "INSERT INTO \"nanoswarm_schema\" (\"version\", \"script\") VALUES (?, ?)";

  /**
   * Applies what is missing, in one transaction where the database can do that with tables.
   *
   * @return how many scripts were applied
   */
  int apply(Connection connection) throws SQLException, StoreProblem, IOException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(lock);
      int found = version(statement);
      if (found > scripts.size()) {
        throw new StoreProblem(
            "the journal has schema %d, and this program knows schemas up to %d"
                .formatted(found, scripts.size()),
            "nothing was changed; use the version of Nanoswarm that wrote it, or a newer one");
      }
      for (int number = found + 1; number <= scripts.size(); number++) {
        String script = scripts.get(number - 1);
        statement.execute(read(script));
        note(connection, number, script);
      }
      connection.commit();
      return scripts.size() - found;
    }
  }

  /** Of a user who may not create tables nothing is asked that would, once they are there. */
  private static int version(Statement statement) throws SQLException {
    if (number(statement, IS_KNOWN) == 0) {
      statement.execute(KNOW);
    }
    return number(statement, VERSION);
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static void note(Connection connection, int number, String script) throws SQLException {
    try (PreparedStatement note = connection.prepareStatement(NOTE)) {
      note.setInt(1, number);
      note.setString(2, script);
      note.executeUpdate();
    }
  }

  private String read(String script) throws IOException {
    String name = folder + "/" + script;
    try (InputStream content = Schema.class.getResourceAsStream(name)) {
      if (content == null) {
        throw new IOException("missing on the class path: " + name);
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
