package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.store.TestPostgreSql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, with its journal in a real PostgreSQL that asks for a password. */
class PostgreSqlSwarmIT {
  private static final String SECRET = "correct-horse-battery";

  @TempDir Path folder;
  private Map<String, String> environment;
  private Path data;

  @BeforeEach
  void aDatabaseThatAsksForAPassword() throws Exception {
    data = folder.resolve("data");
    var workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(
        workspace.resolve("retries.md"),
        "# Retries\n\n"
            + "A task whose agent dies is offered again. Retries are bounded by attempts.\n");
    var server = TestPostgreSql.shared();
    String database = server.newDatabase();
    server.execute(
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'swarm') THEN
            CREATE ROLE swarm LOGIN PASSWORD '%s';
          END IF;
        END $$
        """
            .formatted(SECRET));
    server.execute(database, "GRANT CREATE ON SCHEMA public TO swarm");
    server.askPasswordOf("swarm");
    environment = new HashMap<>();
    environment.put("NANOSWARM_JOURNAL", "postgresql");
    environment.put("NANOSWARM_POSTGRESQL_URL", server.url(database));
    environment.put("NANOSWARM_POSTGRESQL_USER", "swarm");
    environment.put("NANOSWARM_POSTGRESQL_PASSWORD", SECRET);
  }

  private SwarmProcess swarm(String... arguments) throws IOException {
    return SwarmProcess.start(data, environment, arguments);
  }

  private SwarmProcess run() throws IOException {
    return swarm(
        "run",
        "Where are retries bounded?",
        "-w",
        folder.resolve("workspace").toString(),
        "--json");
  }

  @Test
  void a_session_is_resumed_after_a_kill_of_the_control_node() throws Exception {
    String id;
    List<String> settled;
    try (var run = run()) {
      id = run.await("snapshot").path("session").path("id").asText();
      run.await(json -> SwarmProcess.is(json, "task-ended"));
      assertThat(SwarmProcess.visible(run.children())).doesNotContain(SECRET);
      run.signal("KILL");
      run.exitCode();
      settled = run.all("task-ended").stream().map(ended -> ended.path("task").asText()).toList();
    }

    try (var resumed = swarm("resume", id, "--json")) {
      assertThat(resumed.exitCode()).as(resumed.report()).isZero();
      var again =
          resumed.all("task-began").stream().map(began -> began.path("task").asText()).toList();
      assertThat(again).isNotEmpty().doesNotContainAnyElementsOf(settled);
      assertThat(resumed.report()).doesNotContain(SECRET);
    }
    assertThat(data.resolve("journal.mv.db")).doesNotExist();
    try (var files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    }
  }

  @Test
  void what_works_on_files_alone_says_so_and_what_to_do() throws Exception {
    Files.createDirectories(data);
    assertRefused("pg_dump", "backup", folder.resolve("copy.zip").toString());
    assertRefused("pg_restore", "restore", folder.resolve("copy.zip").toString());
    assertRefused("unset NANOSWARM_JOURNAL", "chaos", "--minutes", "1");
    environment.put("NANOSWARM_POSTGRESQL_PASSWORD", "wrong");
    assertRefused("NANOSWARM_POSTGRESQL_PASSWORD_FILE", "sessions");
    environment.put("NANOSWARM_POSTGRESQL_URL", "jdbc:postgresql://localhost:1/swarm");
    assertRefused("correct NANOSWARM_POSTGRESQL_URL", "sessions");
  }

  private void assertRefused(String hint, String... arguments) throws Exception {
    try (var refused = swarm(arguments)) {
      assertThat(refused.exitCode()).as(refused.errors()).isIn(2, 6);
      assertThat(refused.errors())
          .contains(hint)
          .doesNotContain(SECRET)
          .doesNotContain("\tat ")
          .doesNotContain("Exception");
    }
  }
}
