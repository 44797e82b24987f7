package io.nanoswarm.node;

import io.nanoswarm.store.LastCommits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The embedded database of a data folder: where its file is, and its tables.
 *
 * <p>Guarantee: what was committed survives {@code kill -9} of the node: H2 writes it through at
 * every commit ({@code WRITE_DELAY=0}), and {@link LastCommits} finds it. Loss of power is not
 * promised.
 */
final class Journal {
  /** What a person may do about one that is damaged. */
  static final String RESTORE =
      "restore a backup into another folder with `swarm restore FILE --data DIR`, or begin a new"
          + " one with --data DIR";

  private static final String FILE_ENDING = ".mv.db";
  private static final String SCHEMA = "/schema/h2/h2-create-schema.sql";

  private Journal() {}

  /**
   * @param file without the endings that H2 adds
   */
  static String url(Path file) {
    return "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DATABASE_TO_UPPER=FALSE"
        .formatted(file.toAbsolutePath());
  }

  /** The database's file. */
  static Path file(Path journal) {
    return journal.resolveSibling(journal.getFileName() + FILE_ENDING);
  }

  /**
   * Whether the file holds nothing, though something has been stored in this folder: a node makes
   * its journal before anything else, and H2 would begin a new one without a word.
   *
   * @param journal without the endings that H2 adds
   * @param artifacts what sessions refer to
   */
  static boolean isLost(Path journal, Path artifacts) throws IOException {
    var file = file(journal);
    if (Files.exists(file) && Files.size(file) > 0) {
      return false;
    }
    try (var kept = Files.list(artifacts)) {
      return kept.findAny().isPresent();
    }
  }

  /**
   * Notes how large the file is, once the database is closed in order. H2 takes a file that was cut
   * off since for an older state of itself, without a word.
   */
  static void noteSize(Path journal) throws IOException {
    Files.writeString(size(journal), Files.size(file(journal)) + "\n");
  }

  /**
   * How much of the file is missing since it was closed in order, in bytes; 0 if nothing is, or if
   * its node was killed. Asked once: what happens to the file from now on is the node's own doing.
   */
  static long missing(Path journal) throws IOException {
    var noted = size(journal);
    if (!Files.exists(noted)) {
      return 0;
    }
    var text = Files.readString(noted).strip();
    long missing =
        text.matches("[0-9]{1,18}") ? Long.parseLong(text) - Files.size(file(journal)) : 0;
    if (missing <= 0) {
      Files.delete(noted);
    }
    return Math.max(0, missing);
  }

  /** Whether the database was closed in order, and not opened since. */
  static boolean isClosedInOrder(Path journal) {
    return Files.exists(size(journal));
  }

  private static Path size(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".size");
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
