package io.nanoswarm.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of the journal's database, by session. Opens a connection of its own for each request,
 * which blocks.
 *
 * @param database which this JVM may have open as well
 */
public record SessionRows(JournalDatabase database) {
  private static final List<String> TABLES = List.of("event_journal", "snapshot");

  /** What has one entity for a session, named after it. */
  private static final List<String> OF_SESSION = List.of("session|", "blackboard|");

  /** What has one entity for each agent of a session: its name begins with the session's. */
  private static final String OF_AGENTS = "agent-memory|";

  /**
   * The first field of the JSON of an artifact that refers to others: all hashes in it count as
   * mentioned.
   */
  public static final String COPIES = "copies";

  private static final ObjectMapper JSON = ApiJson.mapper();

  private static final int ROWS_AT_A_TIME = 200;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /**
   * Deletes every event and snapshot of the sessions, their blackboards, and their agents'
   * memories, all at once or none. None of them may be at work.
   *
   * @return how many rows there were
   */
  public long delete(Collection<String> sessions) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      long rows = 0;
      for (String table : TABLES) {
        try (PreparedStatement named =
                connection.prepareStatement(
                    "DELETE FROM \"%s\" WHERE \"persistence_id\" = ?".formatted(table));
            PreparedStatement ranged =
                connection.prepareStatement(
                    "DELETE FROM \"%s\" WHERE \"persistence_id\" >= ? AND \"persistence_id\" < ?"
                        .formatted(table))) {
          for (String session : sessions) {
            for (String kind : OF_SESSION) {
              named.setString(1, kind + session);
              rows += named.executeUpdate();
            }
            ranged.setString(1, OF_AGENTS + session + "/");
            ranged.setString(2, OF_AGENTS + session + (char) ('/' + 1));
            rows += ranged.executeUpdate();
          }
        }
      }
      connection.commit();
      return rows;
    }
  }

  /**
   * All events of a session, in their order.
   *
   * @throws IOException if one cannot be understood
   */
  public List<SessionEvent> events(SessionId session) throws SQLException, IOException {
    var events = new ArrayList<SessionEvent>();
    try (Connection connection = database.connect();
        PreparedStatement stored =
            connection.prepareStatement(
                "SELECT \"event_payload\" FROM \"event_journal\" WHERE \"persistence_id\" = ?"
                    + " ORDER BY \"sequence_number\"")) {
      stored.setString(1, OF_SESSION.getFirst() + session);
      try (ResultSet rows = stored.executeQuery()) {
        while (rows.next()) {
          events.add(JSON.readValue(rows.getBytes(1), SessionEvent.class));
        }
      }
    }
    return events;
  }

  /**
   * Every SHA-256 that an event mentions, or an artifact with {@link #COPIES}, in hexadecimal: what
   * refers to an artifact is among them.
   */
  Set<String> mentionedHashes() throws SQLException, IOException {
    var hashes = new HashSet<String>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      // PostgreSQL's driver would hold all rows in memory otherwise.
      connection.setAutoCommit(false);
      statement.setFetchSize(ROWS_AT_A_TIME);
      try (ResultSet rows =
          statement.executeQuery("SELECT \"event_payload\" FROM \"event_journal\"")) {
        while (rows.next()) {
          try (InputStream payload = rows.getBinaryStream(1)) {
            addHashes(payload.readAllBytes(), hashes);
          }
        }
      }
      if (database.isShared()) {
        addHashesOfCopies(connection, hashes);
      }
    }
    return hashes;
  }

  private static void addHashes(byte[] content, Set<String> hashes) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    for (Matcher hash = HASH.matcher(text); hash.find(); ) {
      hashes.add(hash.group());
    }
  }

  /** Of those artifacts that are mentioned themselves. */
  private static void addHashesOfCopies(Connection connection, Set<String> hashes)
      throws SQLException {
    byte[] beginning = "{\"%s\":".formatted(COPIES).getBytes(StandardCharsets.UTF_8);
    try (PreparedStatement referring =
        connection.prepareStatement(
            "SELECT sha256, content FROM artifact WHERE substring(content FROM 1 FOR ?) = ?")) {
      referring.setFetchSize(ROWS_AT_A_TIME);
      referring.setInt(1, beginning.length);
      referring.setBytes(2, beginning);
      var found = new HashSet<String>();
      try (ResultSet rows = referring.executeQuery()) {
        while (rows.next()) {
          if (hashes.contains(rows.getString(1))) {
            addHashes(rows.getBytes(2), found);
          }
        }
      }
      hashes.addAll(found);
    }
  }

  /** Hashes of what control nodes share that nobody has put since; none where nothing is shared. */
  Set<String> sharedArtifacts(Instant before) throws SQLException {
    var hashes = new HashSet<String>();
    if (database.isShared()) {
      try (Connection connection = database.connect();
          PreparedStatement old =
              connection.prepareStatement("SELECT sha256 FROM artifact WHERE put_at < ?")) {
        old.setTimestamp(1, Timestamp.from(before));
        try (ResultSet rows = old.executeQuery()) {
          while (rows.next()) {
            hashes.add(rows.getString(1));
          }
        }
      }
    }
    return hashes;
  }

  /** Those among them that nobody has put since. */
  void deleteSharedArtifacts(Set<String> hashes, Instant before) throws SQLException {
    if (hashes.isEmpty()) {
      return;
    }
    try (Connection connection = database.connect();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM artifact WHERE sha256 = ? AND put_at < ?")) {
      for (String hash : hashes) {
        delete.setString(1, hash);
        delete.setTimestamp(2, Timestamp.from(before));
        delete.executeUpdate();
      }
    }
  }

  /**
   * Writes a copy of the database as it is now into a zip file, while it is in use.
   *
   * @param data the data folder
   * @throws StoreProblem if it is none that can be copied into a file
   */
  void copyTo(String zip, Path data) throws SQLException, StoreProblem {
    switch (database) {
      case H2File _ -> copyTo(zip);
      case PostgreSql elsewhere ->
          throw new StoreProblem(
              "the journal is in PostgreSQL, at %s, which `swarm backup` does not copy"
                  .formatted(elsewhere.name()),
              "copy the database with pg_dump: it has everything but the folder blackboard of "
                  + data);
    }
  }

  private void copyTo(String zip) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement backup = connection.prepareStatement("BACKUP TO ?")) {
      backup.setString(1, zip);
      backup.execute();
    }
  }
}
