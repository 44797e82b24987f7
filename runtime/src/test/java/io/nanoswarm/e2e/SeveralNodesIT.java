package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.FreePort;
import io.nanoswarm.chaos.StoredJournal;
import io.nanoswarm.launch.PublishedEndpoint;
import io.nanoswarm.store.TestPostgreSql;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three control nodes of the packaged program, in processes of their own, on one PostgreSQL. */
class SeveralNodesIT {
  private static final int NODES = 3;
  private static final int FILES = 30;

  @TempDir Path folder;
  private final List<SwarmProcess> started = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private String url;
  private Map<String, String> environment;
  private Path workspace;

  @BeforeEach
  void aDatabaseAndAWorkspace() throws Exception {
    var server = TestPostgreSql.shared();
    url = server.url(server.newDatabase());
    environment =
        Map.of(
            "NANOSWARM_JOURNAL", "postgresql",
            "NANOSWARM_POSTGRESQL_URL", url,
            "NANOSWARM_POSTGRESQL_USER", "postgres",
            "NANOSWARM_POSTGRESQL_CONNECTIONS", "4");
    workspace = Files.createDirectories(folder.resolve("workspace"));
    for (int i = 1; i <= FILES; i++) {
      Files.writeString(
          workspace.resolve("part-%02d.md".formatted(i)),
          "# Part %d\n\nPart %d restarts a broken pump after %d seconds.\n".formatted(i, i, i));
    }
    for (int i = 0; i < NODES; i++) {
      ports.add(FreePort.next());
    }
  }

  @AfterEach
  void endAll() throws Exception {
    var workers = started.stream().flatMap(each -> each.children().stream()).toList();
    started.forEach(SwarmProcess::close);
    for (ProcessHandle worker : workers) {
      SwarmProcess.awaitEnd(worker);
    }
  }

  private SwarmProcess swarm(int node, String... arguments) throws IOException {
    var process =
        SwarmProcess.start(folder.resolve("node-" + node), environment, List.of(), arguments);
    started.add(process);
    return process;
  }

  private SwarmProcess up(int node) throws IOException {
    return swarm(node, "up", "--port", Integer.toString(ports.get(node - 1)), "--join", seeds());
  }

  private SwarmProcess run(int node) throws IOException {
    return swarm(
        node, "run", "When is a broken pump restarted?", "-w", workspace.toString(), "--json");
  }

  private SwarmProcess machine(int node) throws IOException {
    return swarm(node, "node", "--port", Integer.toString(ports.get(node - 1)), "--join", seeds());
  }

  private String seeds() {
    return ports.stream()
        .limit(3)
        .map(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(","));
  }

  private JsonNode nodes(int asked) throws Exception {
    try (var nodes = swarm(asked, "nodes", "--json")) {
      assertThat(nodes.exitCode()).as(nodes.errors()).isZero();
      return nodes.await(json -> json.has("nodes")).path("nodes");
    }
  }

  @Test
  void agents_move_off_a_machine_that_is_drained_and_sessions_go_on() throws Exception {
    var control = up(1);
    control.awaitError("is up");
    var machine = machine(2);
    machine.awaitError("is up");

    var run = run(1);
    run.await(json -> SwarmProcess.is(json, "task-ended"));
    assertThat(nodes(1)).hasSize(2).allMatch(node -> node.path("agents").asInt() > 0);
    try (var drain = swarm(1, "drain", "127.0.0.1:" + ports.get(1))) {
      assertThat(drain.plainExitCode()).as(drain.errors()).isZero();
    }
    assertCompleted(run);
    try (var down = swarm(2, "down")) {
      assertThat(down.plainExitCode()).as(down.errors()).isZero();
    }
    assertThat(machine.exitCode()).as(machine.errors()).isEqualTo(143);
    assertThat(nodes(1))
        .as("it is gone, or on its way")
        .filteredOn(node -> node.path("state").asText().equals("up"))
        .hasSize(1);
    assertSound(1);
  }

  @Test
  void sessions_go_on_when_control_nodes_die_leave_and_come_back() throws Exception {
    var first = up(1);
    var second = up(2);
    var third = up(3);
    for (SwarmProcess each : List.of(first, second, third)) {
      each.awaitError("is up");
    }
    for (int node = 1; node <= NODES; node++) {
      awaitReady(node);
    }
    assertThat(get(3, "/metrics"))
        .contains("nanoswarm_members{reachable=\"true\",role=\"control\",status=\"up\"} 3.0");
    var stranger = swarm(4, "up");

    var killed = run(3);
    killed.await(json -> SwarmProcess.is(json, "task-ended"));
    var workers = first.children();
    first.signal("KILL");
    assertCompleted(killed);
    awaitReady(2);
    awaitReady(3);
    for (ProcessHandle worker : workers) {
      SwarmProcess.awaitEnd(worker);
    }

    assertThat(folder.resolve("node-1/member")).as("of one that was killed").exists();
    var back = up(1);
    back.awaitError("is up");
    assertThat(back.errors()).contains("did not end in order: waiting");
    var left = run(3);
    left.await(json -> SwarmProcess.is(json, "task-ended"));
    second.signal("TERM");
    assertCompleted(left);
    assertThat(second.exitCode()).as(second.errors()).isEqualTo(143);
    assertThat(folder.resolve("node-2/member")).as("of one that has left").doesNotExist();
    assertThat(folder.resolve("node-3/member")).as("of one that is a member").exists();

    assertThat(stranger.exitCode()).as(stranger.errors()).isEqualTo(6);
    assertThat(stranger.errors()).contains("--join").doesNotContain("\tat ");
    assertSound(2);
  }

  private void awaitReady(int node) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(get(node, "/ready")).isEqualTo("{\"ready\":true,\"reasons\":[]}"));
  }

  private String get(int node, String path) throws Exception {
    var endpoint = PublishedEndpoint.find(folder.resolve("node-" + node)).orElseThrow();
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(endpoint.uri() + path))
              .header("Authorization", "Bearer " + endpoint.token())
              .build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static void assertCompleted(SwarmProcess run) throws InterruptedException {
    assertThat(run.exitCode()).as(run.report()).isZero();
    assertThat(run.all("task-ended").stream().map(SeveralNodesIT::task).distinct())
        .as("tasks that ended, each once")
        .hasSameSizeAs(run.all("task-ended"));
  }

  private static String task(JsonNode event) {
    return event.path("task").asText();
  }

  private void assertSound(int sessions) throws Exception {
    try (var connection = DriverManager.getConnection(url, "postgres", "")) {
      var journal = StoredJournal.read(connection);
      assertThat(journal.gaps()).isEmpty();
      assertThat(journal.histories()).hasSize(sessions);
      journal
          .histories()
          .forEach((id, history) -> assertThat(history.contradictions()).as(id).isEmpty());
    }
  }
}
