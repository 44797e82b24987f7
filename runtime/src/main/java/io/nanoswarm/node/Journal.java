package io.nanoswarm.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The embedded database of a data folder: where its file is, and its tables.
 *
 * <p>Guarantee: what was committed survives {@code kill -9} of the node ({@code WRITE_DELAY=0};
 * H2's default does not). Loss of power is not promised.
 */
final class Journal {
  private static final String SCHEMA = "/schema/h2/h2-create-schema.sql";

  private Journal() {}

  /**
   * @param file without the endings that H2 adds
   */
  static String url(Path file) {
    return "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DATABASE_TO_UPPER=FALSE"
        .formatted(file.toAbsolutePath());
  }

  /**
   * Opens the file and creates what is missing, so that what is wrong with it is known before
   * anything else starts.
   *
   * @throws SQLException if the file cannot be used
   */
  static void prepare(String url) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(script());
      }
    }
  }

  private static String script() throws IOException {
    try (InputStream script = Journal.class.getResourceAsStream(SCHEMA)) {
      if (script == null) {
        throw new IOException("missing on the class path: " + SCHEMA);
      }
      // Run at every start, since a kill may have left half of it; the shipped script is not
      // repeatable in this line.
      return new String(script.readAllBytes(), StandardCharsets.UTF_8)
          .replace("CREATE UNIQUE INDEX \"", "CREATE UNIQUE INDEX IF NOT EXISTS \"");
    }
  }
}
