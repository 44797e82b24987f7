package io.nanoswarm.store;

import io.nanoswarm.store.DatabaseSettings.Server;
import java.sql.SQLException;
import java.sql.SQLTransientException;

/** What PostgreSQL says when it cannot be used, in words for people. */
final class PostgreSqlFailure {
  private PostgreSqlFailure() {}

  /** Whether the same may well succeed soon: no connection, no room, or a server that ends. */
  static boolean isPassing(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return failure instanceof SQLTransientException
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57");
  }

  static StoreProblem of(Server server, SQLException failure) {
    String at = server.address();
    String state = String.valueOf(failure.getSQLState());
    String said = String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
    return switch (state) {
      case "28P01", "28000", "08004" ->
          new StoreProblem(
              "%s does not let us in: %s".formatted(at, said),
              "check NANOSWARM_POSTGRESQL_USER, and NANOSWARM_POSTGRESQL_PASSWORD_FILE or"
                  + " NANOSWARM_POSTGRESQL_PASSWORD");
      case "3D000" ->
          new StoreProblem(
              "%s: %s".formatted(at, said),
              "create it with `createdb`, or name another one in NANOSWARM_POSTGRESQL_URL");
      case "42501", "3F000" ->
          new StoreProblem(
              "%s: %s".formatted(at, said),
              "grant the user CREATE on the schema, or start a node once as a user who has it");
      case "42P07" ->
          new StoreProblem(
              "%s has tables that this program did not make: %s".formatted(at, said),
              "use a database or a schema (currentSchema=…) of its own");
      case "53300" ->
          new StoreProblem(
              "%s: %s".formatted(at, said),
              "raise its max_connections, or lower NANOSWARM_POSTGRESQL_CONNECTIONS");
      case "55P03" ->
          new StoreProblem(
              "%s: another node has been changing the tables for a minute".formatted(at),
              "wait until that one is done");
      default ->
          state.startsWith("08") || state.startsWith("57P")
              ? new StoreProblem(
                  "PostgreSQL cannot be reached at %s: %s".formatted(at, said),
                  "start it, or correct NANOSWARM_POSTGRESQL_URL")
              : new StoreProblem(
                  "%s cannot be used: %s (SQL state %s)".formatted(at, said, state),
                  "see the server's log");
    };
  }
}
