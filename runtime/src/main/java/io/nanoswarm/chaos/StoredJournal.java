package io.nanoswarm.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.history.History;
import io.nanoswarm.session.SessionEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole journal of a swarm at a moment, read without any of a node's code.
 *
 * @param histories of every session, by its id
 * @param events how many there are, those of memories, channels and the directory included
 * @param gaps what is missing in the numbering of events, one sentence each
 */
public record StoredJournal(Map<String, History> histories, long events, List<String> gaps) {
  private static final String SESSION = "session|";
  private static final String BLACKBOARD = "blackboard|";
  private static final String ALL =
      """
      SELECT "persistence_id", "sequence_number", "event_payload" FROM "event_journal"
      ORDER BY "persistence_id", "sequence_number"\
      """;

  /** Reads row by row. */
  private static final class Reading {
    private static final ObjectMapper JSON = ApiJson.mapper();

    private final Map<String, List<SessionEvent>> sessions = new TreeMap<>();
    private final Map<String, List<BlackboardEvent>> boards = new HashMap<>();
    private final List<String> gaps = new ArrayList<>();
    private String entity = "";
    private long number;
    private long events;

    void take(ResultSet row) throws SQLException, IOException {
      var id = row.getString(1);
      number = id.equals(entity) ? number + 1 : 1;
      entity = id;
      events++;
      if (row.getLong(2) != number) {
        gaps.add("%s: event %d comes as number %d".formatted(id, row.getLong(2), number));
        number = row.getLong(2);
      }
      if (id.startsWith(SESSION)) {
        sessions
            .computeIfAbsent(id.substring(SESSION.length()), _ -> new ArrayList<>())
            .add(JSON.readValue(row.getBytes(3), SessionEvent.class));
      } else if (id.startsWith(BLACKBOARD)) {
        boards
            .computeIfAbsent(id.substring(BLACKBOARD.length()), _ -> new ArrayList<>())
            .add(JSON.readValue(row.getBytes(3), BlackboardEvent.class));
      }
    }

    StoredJournal end() {
      var histories = new TreeMap<String, History>();
      sessions.forEach((id, events) ->
          histories.put(id, new History(events, boards.getOrDefault(id, List.of()))));
      return new StoredJournal(histories, events, List.copyOf(gaps));
    }
  }

  /**
   * That of a data folder that no node has open.
   *
   * @throws SQLException if the file cannot be read, or a node has it open
   * @throws IOException if an event cannot be understood
   */
  static StoredJournal read(Path data) throws SQLException, IOException {
    var url =
        "jdbc:h2:file:%s;IFEXISTS=TRUE;ACCESS_MODE_DATA=r;DATABASE_TO_UPPER=FALSE"
            .formatted(data.resolve("journal").toAbsolutePath());
    try (var connection = DriverManager.getConnection(url, "sa", "")) {
      return read(connection);
    }
  }

  /**
   * That of a database, which nodes may use meanwhile.
   *
   * @throws IOException if an event cannot be understood
   */
  public static StoredJournal read(Connection connection) throws SQLException, IOException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(ALL)) {
      var reading = new Reading();
      while (rows.next()) {
        reading.take(rows);
      }
      return reading.end();
    }
  }
}
