package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.api.SessionPriority;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.client.Endpoint;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.LocalNode;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.Refused;
import io.nanoswarm.http.EndpointServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real node tells of itself, over HTTP. */
class LookingIntoNodeTest {
  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private LocalNode node;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(folder.resolve("workspace/about.txt"), "nothing to look for\n");
    node = open();
  }

  private LocalNode open() {
    return new LocalNodes(
            SwarmSetup.offline().launchedBy((_, _) -> new SilentWorkers()),
            EndpointServer::start,
            "1.2.3",
            InstantSource.system())
        .start(folder.resolve("data"), NodeOptions.DEFAULT);
  }

  @AfterEach
  void stop() {
    http.close();
    node.close();
  }

  @Test
  void a_node_tells_anybody_that_it_is_alive_and_when_it_is_ready() throws Exception {
    assertThat(get("/alive", false).statusCode()).isEqualTo(200);

    Awaitility.await()
        .untilAsserted(() -> {
          var ready = get("/ready", false);
          assertThat(ready.body()).isEqualTo("{\"ready\":true,\"reasons\":[]}");
          assertThat(ready.statusCode()).isEqualTo(200);
        });
  }

  @Test
  void metrics_need_the_token() throws Exception {
    var refused = get("/metrics", false);

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).doesNotContain("nanoswarm_");
  }

  @Test
  void metrics_tell_of_the_sessions_of_the_node_and_of_their_tasks() throws Exception {
    new EndpointClient(node.endpoint()).open(request());

    Awaitility.await()
        .untilAsserted(() -> {
          var told = get("/metrics", true);
          assertThat(told.statusCode()).isEqualTo(200);
          assertThat(told.headers().firstValue("Content-Type").orElse(""))
              .startsWith("text/plain")
              .contains("version=0.0.4");
          assertThat(told.body())
              .contains(
                  "nanoswarm_build_info{version=\"1.2.3\"} 1",
                  "nanoswarm_ready 1.0",
                  "nanoswarm_journal_up 1.0",
                  "nanoswarm_scrape_complete{part=\"agents\"} 1.0",
                  "nanoswarm_sessions{state=\"unfinished\"} 1.0",
                  "nanoswarm_members{reachable=\"true\",role=\"control\",status=\"up\"} 1.0")
              .containsPattern("nanoswarm_tasks\\{role=\"[a-z]+\",state=\"ready\"\\} [1-9]")
              .containsPattern("nanoswarm_agents\\{role=\"[a-z]+\",state=\"starting\"\\} [1-9]");
        });
  }

  @Test
  void a_node_tells_the_whole_swarm_at_a_glance() throws Exception {
    var client = new EndpointClient(node.endpoint());
    var id = client.open(request());

    Awaitility.await()
        .untilAsserted(() -> {
          var overview = client.overview();
          assertThat(overview.silent()).isEmpty();
          assertThat(overview.nodes()).singleElement().matches(each -> each.supervises());
          assertThat(overview.agents()).extracting(each -> each.state()).contains("starting");
          assertThat(overview.sessions()).singleElement().matches(each -> each.id().equals(id));
          assertThat(overview.sessions().getFirst().tasks()).matches(tasks -> tasks.all() > 0);
          assertThat(overview.queues()).anyMatch(queue -> queue.waiting() > 0);
        });
    client.cancel(id, "enough");

    Awaitility.await()
        .untilAsserted(() -> {
          var overview = client.overview();
          assertThat(overview.ended()).isEqualTo(1);
          assertThat(overview.sessions().getFirst().status()).isEqualTo("cancelled");
          assertThat(overview.queues()).allMatch(queue -> queue.waiting() == 0);
        });
  }

  @Test
  void a_session_that_nobody_drives_is_told_without_being_woken() {
    new EndpointClient(node.endpoint()).open(request());
    node.close();
    node = open();

    var overview = new EndpointClient(node.endpoint()).overview();

    assertThat(overview.silent()).isEmpty();
    assertThat(overview.sessions())
        .singleElement()
        .matches(session -> session.status().equals("paused"))
        .matches(session -> session.tasks() == null);
    assertThat(overview.queues()).isEmpty();
  }

  @Test
  void a_session_is_paused_over_restarts_of_its_node_until_it_is_unpaused() {
    var client = new EndpointClient(node.endpoint());
    var id = client.open(request());
    Awaitility.await()
        .untilAsserted(() -> assertThat(client.session(id).status()).isEqualTo("running"));

    var paused = client.pause(id);
    assertThat(paused.status()).isEqualTo("paused");
    assertThat(paused.pausedAt()).isNotNull();
    assertThat(client.pause(id).pausedAt()).isEqualTo(paused.pausedAt());
    assertThat(client.sessions().getFirst().status()).isEqualTo("paused");
    node.close();
    node = open();
    var again = new EndpointClient(node.endpoint());
    again.resume(id);

    assertThat(again.session(id).pausedAt()).isEqualTo(paused.pausedAt());
    Awaitility.await()
        .untilAsserted(() -> {
          var row = again.overview().sessions().getFirst();
          assertThat(row.status()).isEqualTo("paused");
          assertThat(row.pausedAt()).isEqualTo(paused.pausedAt());
          assertThat(again.overview().queues())
              .allMatch(queue -> queue.waiting() == 0)
              .anyMatch(queue -> queue.later() > 0);
        });
    assertThat(again.unpause(id).status()).isEqualTo("running");
    again.cancel(id, "enough");
    assertThatThrownBy(() -> again.pause(id))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("session %s: it is over: cancelled".formatted(id));
    assertThatThrownBy(() -> again.pause("zzzzzzzz")).isInstanceOf(Refused.class);
  }

  @Test
  void the_priority_of_a_session_is_stored_and_told() throws Exception {
    var client = new EndpointClient(node.endpoint());
    var id = client.open(request());
    assertThat(client.session(id).priority()).isEqualTo("normal");

    assertThat(client.prioritise(id, SessionPriority.URGENT).priority()).isEqualTo("urgent");

    assertThat(client.session(id).priority()).isEqualTo("urgent");
    assertThat(client.overview().sessions().getFirst().priority()).isEqualTo("urgent");
    assertThat(post("/v1/sessions/%s/priority".formatted(id), "{\"priority\":\"soon\"}"))
        .contains("priority: 'soon' (expected: one of low, normal, high, urgent)");
  }

  @Test
  void an_agent_is_restarted_by_its_name() throws Exception {
    var client = new EndpointClient(node.endpoint());
    client.open(request());

    client.restart("researcher-1");

    Awaitility.await()
        .untilAsserted(() ->
            assertThat(client.agents().agents())
                .filteredOn(agent -> agent.name().equals("researcher-1"))
                .singleElement()
                .matches(agent -> "restarted by a person".equals(agent.lastDeath())));
    assertThatThrownBy(() -> client.restart("nobody-1"))
        .isInstanceOf(Refused.class)
        .hasMessage("no agent 'nobody-1'");
    assertThatThrownBy(() -> client.restart("No-Name"))
        .isInstanceOf(Refused.class)
        .hasMessage("no agent 'No-Name'");
  }

  @Test
  void what_is_not_there_is_not_told_without_the_token() throws Exception {
    assertThat(get("/v1/health", false).statusCode()).isEqualTo(401);
    assertThat(get("/nowhere", false).statusCode()).isEqualTo(401);
    assertThat(get("/nowhere", true).statusCode()).isEqualTo(404);
  }

  private SessionRequest request() {
    return new SessionRequest(
        "what is this about?", folder.resolve("workspace").toString(), Map.of(), null, null, null);
  }

  private String post(String path, String body) throws Exception {
    Endpoint endpoint = node.endpoint();
    var request =
        HttpRequest.newBuilder(endpoint.uri().resolve(path))
            .header("Authorization", "Bearer " + endpoint.token())
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return http.send(request.build(), BodyHandlers.ofString()).body();
  }

  private HttpResponse<String> get(String path, boolean withToken) throws Exception {
    Endpoint endpoint = node.endpoint();
    var request = HttpRequest.newBuilder(endpoint.uri().resolve(path));
    if (withToken) {
      request.header("Authorization", "Bearer " + endpoint.token());
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
