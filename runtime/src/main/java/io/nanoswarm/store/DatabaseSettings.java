package io.nanoswarm.store;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which database the journal stands on, from {@code swarm.journal}; each key is explained in {@code
 * reference.conf}.
 *
 * @param server of PostgreSQL, null if the journal is a file of the data folder
 */
public record DatabaseSettings(@Nullable Server server) {
  private static final String DATABASE = "swarm.journal.database";
  private static final String H2 = "h2";
  private static final String POSTGRESQL = "postgresql";
  private static final String URL = "swarm.journal.postgresql.url";
  private static final String URL_BEGINS = "jdbc:postgresql:";
  private static final Pattern SECRET_IN_URL =
      Pattern.compile("[?&][^=&]*password[^=&]*=", Pattern.CASE_INSENSITIVE);
  private static final int MOST_CONNECTIONS = 200;

  /**
   * How a PostgreSQL is reached.
   *
   * @param url that holds no password
   * @param user empty for the name of the user who runs this
   * @param password null if there is none to tell
   * @param connections of one node
   */
  public record Server(String url, String user, @Nullable String password, int connections) {

    /** Without what the driver is told besides. */
    String address() {
      int told = url.indexOf('?');
      return (told < 0 ? url : url.substring(0, told)).substring("jdbc:".length());
    }

    /** Without the password: this text may end up in a log. */
    @Override
    public String toString() {
      return "Server[%s, user %s]".formatted(address(), user);
    }
  }

  /**
   * @param environment of the process, for the password alone
   * @throws StoreProblem naming the key, what it is and what was expected, but never the password
   */
  public static DatabaseSettings of(Config config, Map<String, String> environment)
      throws StoreProblem {
    Config journal = config.getConfig("swarm.journal");
    String database = journal.getString("database");
    String url = journal.getString("postgresql.url");
    return switch (database) {
      case H2 -> {
        if (!url.isEmpty()) {
          throw wrong(
              "%s is 'h2', and %s is set (expected: one of them)".formatted(DATABASE, URL),
              "set NANOSWARM_JOURNAL=postgresql, or unset NANOSWARM_POSTGRESQL_URL");
        }
        yield new DatabaseSettings(null);
      }
      case POSTGRESQL ->
          new DatabaseSettings(server(url, journal.getConfig("postgresql"), environment));
      default ->
          throw wrong(
              "%s is '%s' (expected: h2 or postgresql)".formatted(DATABASE, database),
              "set NANOSWARM_JOURNAL to one of them, or unset it");
    };
  }

  private static Server server(String url, Config postgresql, Map<String, String> environment)
      throws StoreProblem {
    if (SECRET_IN_URL.matcher(url).find() || url.contains("@")) {
      throw wrong(
          URL + " holds a user or a password (expected: none, since it is shown in logs)",
          "put the password into a file, and name that in NANOSWARM_POSTGRESQL_PASSWORD_FILE");
    }
    if (!url.startsWith(URL_BEGINS)) {
      throw wrong(
          "%s is '%s' (expected: jdbc:postgresql://host:5432/database)".formatted(URL, url),
          "set NANOSWARM_POSTGRESQL_URL");
    }
    int connections = postgresql.getInt("connections");
    if (connections < 2 || connections > MOST_CONNECTIONS) {
      throw wrong(
          "swarm.journal.postgresql.connections is %d (expected: 2 to %d)"
              .formatted(connections, MOST_CONNECTIONS),
          "set NANOSWARM_POSTGRESQL_CONNECTIONS, or unset it");
    }
    return new Server(
        url, postgresql.getString("user"), password(postgresql, environment), connections);
  }

  private static @Nullable String password(Config postgresql, Map<String, String> environment)
      throws StoreProblem {
    String file = postgresql.getString("password-file");
    String variable = postgresql.getString("password-variable");
    String told = environment.getOrDefault(variable, "");
    if (!file.isEmpty() && !told.isEmpty()) {
      throw wrong(
          "swarm.journal.postgresql.password-file and the variable %s are both set (expected: one)"
              .formatted(variable),
          "unset one of them");
    }
    if (file.isEmpty()) {
      return told.isEmpty() ? null : told;
    }
    return firstLine(file);
  }

  private static String firstLine(String file) throws StoreProblem {
    try {
      var line = Files.readString(Path.of(file), StandardCharsets.UTF_8).lines().findFirst();
      if (line.isPresent() && !line.get().isEmpty()) {
        return line.get();
      }
    } catch (IOException | InvalidPathException _) {
      // said below
    }
    throw wrong(
        "swarm.journal.postgresql.password-file is '%s' (expected: a file with the password in its"
                .formatted(file)
            + " first line)",
        "name one that you can read in NANOSWARM_POSTGRESQL_PASSWORD_FILE");
  }

  private static StoreProblem wrong(String message, String hint) {
    return new StoreProblem(message, hint);
  }

  /** Of the server, if there is one; holds no password. */
  public Optional<String> address() {
    return server == null ? Optional.empty() : Optional.of(server.address());
  }

  /**
   * The database of a data folder.
   *
   * @param journal where it is if it is a file, without the endings that H2 adds
   * @param artifacts folder of what sessions refer to
   */
  public JournalDatabase database(Path journal, Path artifacts) {
    var file = new H2File(journal, artifacts);
    return server == null ? file : new PostgreSql(server, file);
  }
}
