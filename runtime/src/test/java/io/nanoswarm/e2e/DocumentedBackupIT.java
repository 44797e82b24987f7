package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.store.TestPostgreSql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docs/operations.md} says about the backup of a swarm on PostgreSQL: its very lines
 * are run, and what they have restored is compared with what there was.
 */
class DocumentedBackupIT {
  private static final Path PAGE = Path.of("../docs/operations.md");

  private static final String TAR = "swarm-mirror.tar";

  @TempDir Path folder;
  private Path here;
  private Path elsewhere;

  @BeforeEach
  void folders() throws IOException {
    here = Files.createDirectories(folder.resolve("here"));
    elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(
        Files.createDirectories(folder.resolve("workspace")).resolve("retries.md"),
        "# Retries\n\n"
            + "A task whose agent dies is offered again. Retries are bounded by attempts.\n");
  }

  /** The lines of the block that follows a word in bold. */
  private static List<String> lines(String paragraph) throws IOException {
    String page = Files.readString(PAGE);
    int at = page.indexOf("**%s.**".formatted(paragraph));
    assertThat(at).as("the paragraph %s of %s", paragraph, PAGE).isPositive();
    int from = page.indexOf("```bash\n", at) + "```bash\n".length();
    return page.substring(from, page.indexOf("```", from)).lines().toList();
  }

  private static List<String> ofFiles(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("tar") || line.startsWith("mkdir"))
        .toList();
  }

  private void run(List<String> lines, Path in, Map<String, String> environment)
      throws IOException, InterruptedException {
    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      var builder = new ProcessBuilder("bash", "-euc", line).directory(in.toFile());
      builder.environment().putAll(environment);
      var _ = output(builder, line);
    }
  }

  private static String output(ProcessBuilder builder, String what)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("said", ".txt");
    try {
      Process process = builder.redirectError(errors.toFile()).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(240, TimeUnit.SECONDS)).as(what).isTrue();
      assertThat(process.exitValue()).as("%s\n%s%s", what, said, Files.readString(errors)).isZero();
      return said;
    } finally {
      Files.delete(errors);
    }
  }

  private JsonNode told(Path in, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return ApiJson.mapper().readTree(swarm(in, environment, arguments));
  }

  private String swarm(Path in, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(SwarmProcess.program());
    line.addAll(List.of(arguments));
    line.addAll(List.of("--data", data(in).toString()));
    var builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    return output(builder, String.join(" ", arguments));
  }

  private static Path data(Path in) {
    return in.resolve(".nanoswarm");
  }

  private static Map<String, String> environment(int port, String user, String database) {
    var environment = new HashMap<String, String>();
    environment.put("NANOSWARM_JOURNAL", "postgresql");
    environment.put(
        "NANOSWARM_POSTGRESQL_URL", "jdbc:postgresql://localhost:%d/%s".formatted(port, database));
    environment.put("NANOSWARM_POSTGRESQL_USER", user);
    environment.put("PGHOST", "localhost");
    environment.put("PGPORT", Integer.toString(port));
    environment.put("PGUSER", user);
    return environment;
  }

  /** Asks, and has the session's id. */
  private String ask(Path in, Map<String, String> environment) throws Exception {
    try (var run =
        SwarmProcess.start(
            data(in),
            environment,
            "run",
            "Where are retries bounded?",
            "-w",
            folder.resolve("workspace").toString(),
            "--json")) {
      assertThat(run.exitCode()).as(run.report()).isZero();
      return run.await("snapshot").path("session").path("id").asText();
    }
  }

  /**
   * All that people see of a session, the files of its mirror, and the artifacts of the database,
   * each by the hash of its content.
   */
  private record Seen(
      JsonNode answer,
      JsonNode entries,
      JsonNode list,
      Map<String, String> mirror,
      Map<String, String> artifacts) {}

  private Seen look(Path in, Map<String, String> environment, String id) throws Exception {
    return new Seen(
        told(in, environment, "show", id, "--format", "json"),
        told(in, environment, "blackboard", id, "--json"),
        told(in, environment, "sessions", "--json"),
        files(data(in).resolve("blackboard")),
        artifacts(environment));
  }

  private static Map<String, String> files(Path root) throws IOException {
    var found = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(root.relativize(file).toString(), hash(Files.readAllBytes(file)));
      }
    }
    return found;
  }

  private static String hash(byte[] content) {
    return ArtifactRef.of(content).sha256();
  }

  private static Map<String, String> artifacts(Map<String, String> environment)
      throws SQLException {
    var found = new TreeMap<String, String>();
    try (var connection =
            DriverManager.getConnection(
                environment.get("NANOSWARM_POSTGRESQL_URL"), environment.get("PGUSER"), "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT sha256, content FROM artifact")) {
      while (rows.next()) {
        found.put(rows.getString(1), hash(rows.getBytes(2)));
      }
    }
    return found;
  }

  private static void assertWhole(Seen seen, Path in) throws IOException {
    assertThat(seen.answer().toString()).contains("bounded by attempts");
    assertThat(seen.mirror()).isNotEmpty();
    assertThat(seen.artifacts())
        .as("all artifacts are in the database, whatever a node has copies of")
        .isNotEmpty()
        .containsAllEntriesOf(
            files(data(in).resolve("artifacts")).values().stream()
                .collect(Collectors.toMap(Function.identity(), Function.identity())));
  }

  @Test
  void a_new_folder_with_the_mirror_copied_as_documented_has_all_that_people_read()
      throws Exception {
    var server = TestPostgreSql.shared();
    var environment = environment(server.port(), "postgres", server.newDatabase());
    String id = ask(here, environment);
    Seen before = look(here, environment, id);
    assertWhole(before, here);

    run(ofFiles(lines("Backup")), here, environment);
    Files.move(here.resolve(TAR), elsewhere.resolve(TAR));
    run(ofFiles(lines("Restore")), elsewhere, environment);

    assertThat(look(elsewhere, environment, id)).isEqualTo(before);
  }

  @Test
  void a_new_server_and_folder_restored_as_documented_have_all_sessions_and_go_on_with_them()
      throws Exception {
    Path programs = InstalledPostgreSql.programs();
    assumeTrue(
        programs != null,
        "the lines with pg_dump and pg_restore were not run: neither /usr/lib/postgresql nor PATH"
            + " has PostgreSQL's programs, server included");
    try (var server = InstalledPostgreSql.start(programs, folder.resolve("pg-here"));
        var other = InstalledPostgreSql.start(programs, folder.resolve("pg-elsewhere"))) {
      var environment = environment(server.port(), "swarm", "swarm");
      environment.put("PATH", server.path());
      run(List.of(lines("Restore").getFirst()), here, environment);
      String id;
      Seen before;
      try (var up = SwarmProcess.start(data(here), environment, "up")) {
        up.awaitError("is up");
        id = ask(here, environment);
        before = look(here, environment, id);
        assertWhole(before, here);
        run(lines("Backup"), here, environment);
        swarm(here, environment, "down");
      }

      for (String file : List.of("swarm.dump", TAR)) {
        Files.move(here.resolve(file), elsewhere.resolve(file));
      }
      var restored = environment(other.port(), "swarm", "swarm");
      restored.put("PATH", other.path());
      run(lines("Restore"), elsewhere, restored);

      assertThat(look(elsewhere, restored, id)).isEqualTo(before);
      swarm(elsewhere, restored, "ask", id, "What happens to a task whose agent dies?");
      assertThat(swarm(elsewhere, restored, "show", id, "--format", "md"))
          .contains("offered again");
    }
  }
}
