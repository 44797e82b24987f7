package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.LocalNode;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.UserError;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmDefinition.Agent;
import io.nanoswarm.definition.SwarmDefinition.PlannedTask;
import io.nanoswarm.http.EndpointServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A developer's code in worker JVMs, with a real node and real processes. */
@Timeout(300)
class OwnCodeTest {
  /** Says hello to the test with its version, pid and attempt, and ends when the test says so. */
  private static final String TALKER =
      """
      package com.acme;
      import io.nanoswarm.agent.*;
      public class Talker implements Agent.Blocking {
        public AttemptEnd perform(Task task, BlockingSwarm swarm) throws Exception {
          int port = Integer.parseInt(task.parameter("port").orElseThrow());
          try (var socket = new java.net.Socket("127.0.0.1", port);
              var in = new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream()))) {
            String hello = "VERSION %d %d\\n".formatted(ProcessHandle.current().pid(), task.attempt());
            socket.getOutputStream().write(hello.getBytes());
            swarm.post(task.resultPath(), Later.say(in.readLine()));
            return AttemptEnd.completed("VERSION");
          }
        }
      }
      """;

  /** Loaded when the jar has long been replaced. */
  private static final String LATER =
      """
      package com.acme;
      class Later { static String say(String word) { return "# VERSION: " + word; } }
      """;

  @TempDir Path folder;
  private Path jar;
  private ServerSocket server;
  private LocalNode node;
  private EndpointClient client;

  /** What an agent said when it began. */
  private record Caller(String version, long pid, int attempt, Socket socket) {
    void go(String word) throws IOException {
      socket.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @BeforeEach
  void start() throws IOException {
    jar = folder.resolve("agent.jar");
    Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(folder.resolve("workspace/about.txt"), "nothing to look for\n");
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    startNode();
  }

  private void startNode() {
    var nodes =
        new LocalNodes(SwarmSetup.offline(), EndpointServer::start, "test", InstantSource.system());
    node = nodes.start(folder.resolve("data"), NodeOptions.DEFAULT);
    client = new EndpointClient(node.endpoint());
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
    server.close();
  }

  @Test
  void a_task_ends_in_the_code_it_began_in_while_a_new_one_gets_the_new_code() throws Exception {
    build("v1");
    String first = open(talker(""));
    Caller old = accept();
    assertThat(old.version()).isEqualTo("v1");

    build("v2");
    String second = open(talker(""));
    Caller young = accept();

    assertThat(young.version()).isEqualTo("v2");
    assertThat(young.pid()).isNotEqualTo(old.pid());
    assertThat(client.agents().agents())
        .extracting(AgentView::name, AgentView::state, AgentView::pid)
        .contains(
            org.assertj.core.groups.Tuple.tuple("talker-1", "working", young.pid()),
            org.assertj.core.groups.Tuple.tuple("talker-1", "draining", old.pid()));
    var oldJvm = ProcessHandle.of(old.pid()).orElseThrow();

    old.go("bye");
    assertThat(end(first).status()).isEqualTo("completed");
    assertThat(client.answer(first).orElseThrow()).contains("v1: bye");
    assertThat(old.attempt()).isEqualTo(1);
    oldJvm.onExit().get(60, TimeUnit.SECONDS);

    young.go("hello");
    assertThat(end(second).status()).isEqualTo("completed");
    assertThat(client.answer(second).orElseThrow()).contains("v2: hello");
  }

  @Test
  void reload_replaces_what_has_changed_and_a_later_task_gets_it() throws Exception {
    build("v1");
    String first = open(talker(""));
    Caller old = accept();

    assertThat(client.reload(talker("")).unchanged()).containsExactly("talker");
    var changed = client.reload(talker("be brief"));
    assertThat(changed.replaced()).containsExactly("talker");
    old.go("bye");
    assertThat(end(first).status()).isEqualTo("completed");

    String second = open(talker("be brief"));
    Caller young = accept();
    assertThat(young.pid()).isNotEqualTo(old.pid());
    young.go("hello");
    assertThat(end(second).status()).isEqualTo("completed");
  }

  @Test
  void another_definition_of_a_role_is_refused_while_a_session_needs_it() throws Exception {
    build("v1");
    String first = open(talker(""));
    Caller caller = accept();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> open(talker("be brief")))
        .withMessageContaining("session " + first)
        .withMessageContaining("role");

    caller.go("bye");
    end(first);
    String second = open(talker("be brief"));
    accept().go("hello");
    assertThat(end(second).status()).isEqualTo("completed");
  }

  @Test
  void a_session_keeps_its_swarm_over_a_restart_of_the_node() throws Exception {
    build("v1");
    String session = open(talker(""));
    accept();
    node.close();
    startNode();

    client.resume(session);
    accept().go("again");

    assertThat(end(session).status()).isEqualTo("completed");
    assertThat(client.answer(session).orElseThrow()).contains("v1: again");
  }

  @Test
  void code_that_lacks_what_it_needs_fails_its_session_with_the_reason_at_once() throws Exception {
    CodeJar.make(
        jar,
        file -> !file.contains("Absent"),
        "package com.acme;\npublic class Absent {}",
        """
        package com.acme;
        import io.nanoswarm.agent.*;
        public class Talker implements Agent.Answering {
          Absent absent;
          public String answer(Task task) { return "# never"; }
        }
        """);

    var ended = end(open(talker("")));

    assertThat(ended.status()).isEqualTo("failed");
    assertThat(ended.reason()).contains("class com.acme.Absent is missing", "add the jar");
    assertThat(client.agents().agents().getFirst().restarts()).isZero();

    build("v1");
    String mended = open(talker(""));
    accept().go("well");
    assertThat(end(mended).status()).isEqualTo("completed");
  }

  @Test
  void a_class_that_the_code_does_not_have_is_refused_before_anything_starts() throws Exception {
    build("v1");
    var misspelt = swarm(agent("com.acme.Talkre", ""));

    var refusal =
        org.assertj.core.api.Assertions.catchThrowableOfType(UserError.class, () -> open(misspelt));

    assertThat(refusal).hasMessageContaining("has no class com.acme.Talkre");
    assertThat(refusal.hint()).isEqualTo("did you mean com.acme.Talker?");
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(client.agents().agents()).isEmpty();
  }

  private void build(String version) throws IOException {
    CodeJar.make(
        jar, _ -> true, TALKER.replace("VERSION", version), LATER.replace("VERSION", version));
  }

  private SwarmDefinition talker(String instructions) {
    return swarm(agent("com.acme.Talker", instructions));
  }

  private static Agent agent(String implementation, String instructions) {
    return new Agent(
        implementation, null, 1, "", instructions, List.of(), List.of(), null, null, null, null);
  }

  private SwarmDefinition swarm(Agent agent) {
    var task =
        new PlannedTask(
            "talker",
            "Talk",
            "",
            List.of(),
            List.of(),
            null,
            null,
            Map.of("port", Integer.toString(server.getLocalPort())));
    return new SwarmDefinition(
        "talk",
        List.of(jar.toString()),
        Map.of("talker", agent),
        Map.of(),
        Map.of("talk", task),
        "talk");
  }

  private String open(SwarmDefinition swarm) {
    return client.open(
        new SessionRequest(
            "Talk.", folder.resolve("workspace").toString(), Map.of(), null, null, swarm));
  }

  private SessionView end(String session) {
    return client.follow(session, _ -> {});
  }

  private Caller accept() {
    try {
      var socket = server.accept();
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      var words = in.readLine().split(" ");
      return new Caller(words[0], Long.parseLong(words[1]), Integer.parseInt(words[2]), socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
