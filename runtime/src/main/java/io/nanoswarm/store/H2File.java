package io.nanoswarm.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database of a data folder, for one node at a time.
 *
 * <p>Guarantee: what was committed survives {@code kill -9} of the node: H2 writes it through at
 * every commit ({@code WRITE_DELAY=0}), and {@link LastCommits} finds it. Loss of power is not
 * promised.
 *
 * @param journal its file, without the endings that H2 adds
 * @param artifacts folder of what sessions refer to
 */
public record H2File(Path journal, Path artifacts) implements JournalDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(H2File.class);

  /** What a person may do about one that is damaged. */
  static final String RESTORE =
      "restore a backup into another folder with `swarm restore FILE --data DIR`, or begin a new"
          + " one with --data DIR";

  private static final String USER = "sa";
  private static final Schema SCHEMA =
      // The folder's lock keeps others out.
      new Schema("/schema/h2", List.of("001-journal.sql"), "VALUES 1");

  @Override
  public boolean isShared() {
    return false;
  }

  /** The data folder has a lock of its own. */
  @Override
  public Hold hold(boolean withOthers) {
    return Hold.ALONE;
  }

  @Override
  public String name() {
    return file().toString();
  }

  private String url() {
    return "jdbc:h2:file:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DATABASE_TO_UPPER=FALSE"
        .formatted(journal.toAbsolutePath());
  }

  /** The database's file. */
  Path file() {
    return journal.resolveSibling(journal.getFileName() + ".mv.db");
  }

  /** Whether anything was ever stored in it. */
  boolean isThere() throws IOException {
    return Files.exists(file()) && Files.size(file()) > 0;
  }

  @Override
  public void prepare() throws StoreProblem, IOException {
    if (!isThere()) {
      refuseIfLost();
    }
    if (!Files.exists(size())) {
      long overlooked = LastCommits.recover(file());
      LOG.info("the journal was not closed in order, found [{}] more commits in it", overlooked);
    }
    long missing = missing();
    if (missing > 0) {
      throw new StoreProblem(
          "the journal %s is damaged: %d bytes of its end are missing".formatted(file(), missing),
          RESTORE);
    }
    try (Connection connection = connect(new org.h2.Driver(), url())) {
      SCHEMA.apply(connection);
    } catch (SQLException e) {
      throw H2Failure.of(file(), e);
    }
  }

  /**
   * The file holds nothing, though something may have been stored in this folder: a node makes its
   * journal before anything else, and H2 would begin a new one without a word.
   */
  private void refuseIfLost() throws StoreProblem, IOException {
    JournalMark.refuseH2(journal);
    if (!Files.isDirectory(artifacts)) {
      return;
    }
    try (var kept = Files.list(artifacts)) {
      if (kept.findAny().isPresent()) {
        throw new StoreProblem(
            "%s is empty or missing, and sessions were stored in this folder".formatted(file()),
            RESTORE);
      }
    }
  }

  @Override
  public Connection connect() throws SQLException {
    return connect(new RecoveringDriver(), RecoveringDriver.url(url()));
  }

  /** Not through the DriverManager, which would load the drivers of all other databases as well. */
  private static Connection connect(Driver driver, String url) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", "");
    return Objects.requireNonNull(driver.connect(url, properties));
  }

  @Override
  public Config plugins() {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko-persistence-jdbc.shared-databases.slick.db.properties.url",
                RecoveringDriver.url(url())))
        .withFallback(ConfigFactory.parseResources("journal-h2.conf"));
  }

  /**
   * Notes how large the file is. H2 takes a file that was cut off since for an older state of
   * itself, without a word.
   */
  @Override
  public void closed() throws IOException {
    Files.writeString(size(), Files.size(file()) + "\n");
  }

  /**
   * How much of the file is missing since it was closed in order, in bytes; 0 if nothing is, or if
   * its node was killed. Asked once: what happens to the file from now on is the node's own doing.
   */
  private long missing() throws IOException {
    var noted = size();
    if (!Files.exists(noted)) {
      return 0;
    }
    var text = Files.readString(noted).strip();
    long missing = text.matches("[0-9]{1,18}") ? Long.parseLong(text) - Files.size(file()) : 0;
    if (missing <= 0) {
      Files.delete(noted);
    }
    return Math.max(0, missing);
  }

  private Path size() {
    return journal.resolveSibling(journal.getFileName() + ".size");
  }

  @Override
  public String repair() {
    return RESTORE;
  }
}
