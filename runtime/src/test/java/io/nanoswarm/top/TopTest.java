package io.nanoswarm.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.api.AnswerRequest;
import io.nanoswarm.api.Problem;
import io.nanoswarm.client.FakeNodes;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.RemoteNodes;
import io.nanoswarm.client.ScriptedEndpoint;
import io.nanoswarm.client.Story;
import io.nanoswarm.terminal.Key.Kind;
import io.nanoswarm.terminal.Look;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Before a scripted node, over HTTP. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TopTest {
  private static final Duration OFTEN = Duration.ofMillis(20);

  private final ScriptedScreen screen = new ScriptedScreen();
  private final FakeNodes nodes = new FakeNodes();
  private ScriptedEndpoint node;
  private CompletableFuture<Void> ended;

  @BeforeEach
  void start() {
    node = node();
    nodes.running = node;
    var contact = new Contact(() -> nodes.running(Path.of("data")));
    var clock = InstantSource.fixed(Story.START.plusSeconds(90));
    var top = new Top(screen, Look.PLAIN, contact, clock, OFTEN);
    ended = CompletableFuture.runAsync(top::run);
  }

  private static ScriptedEndpoint node() {
    var node = new ScriptedEndpoint();
    node.overview = Story.overview();
    node.sessions.put(Story.ID, Story.session("asking", Story.tasks("running")));
    return node;
  }

  @AfterEach
  void stop() {
    screen.press(Kind.INTERRUPT);
    ended.join();
    node.close();
  }

  private void awaitPicture(String... parts) {
    Awaitility.await().untilAsserted(() -> assertThat(screen.picture()).contains(parts));
  }

  @Test
  void a_session_is_cancelled_when_a_person_has_said_yes_and_not_before() {
    awaitPicture("› 7f3a-session");

    screen.type("c");
    awaitPicture("y/n: cancel session 7f3a-session for good?");
    screen.type("n");
    awaitPicture("c cancel");
    assertThat(node.requests).noneMatch(each -> each.startsWith("POST"));

    screen.type("cy");
    awaitPicture("✔ cancelled session 7f3a-session");
    assertThat(node.requests).contains("POST /v1/sessions/7f3a-session/cancel");
  }

  @Test
  void a_question_is_answered_an_agent_killed_and_a_node_drained() {
    node.agents = Story.starting();
    awaitPicture("› 7f3a-session");

    screen.type("athe second");
    screen.press(Kind.ENTER);
    awaitPicture("✔ answered review of session 7f3a-session");
    screen.type("2xy");
    awaitPicture("✔ killed the JVM of researcher-1");
    screen.type("4jdy");
    awaitPicture("✔ 10.0.0.2:25520 drains");

    assertThat(node.answered).containsExactly(new AnswerRequest("review", "1.7", "the second"));
    assertThat(node.requests)
        .contains("POST /v1/agents/researcher-1/restart", "POST /v1/nodes/10.0.0.2:25520/drain");
  }

  @Test
  void what_the_node_refuses_is_told_and_an_answer_that_was_refused_is_still_there() {
    node.refusal = new Problem("review does not ask this, or no longer", null);
    awaitPicture("› 7f3a-session");

    screen.type("athe second");
    screen.press(Kind.ENTER);

    awaitPicture("> the second_", "✘ review does not ask this, or no longer");
  }

  @Test
  void a_node_that_is_lost_is_told_and_another_one_taken_as_soon_as_it_answers() {
    awaitPicture("› 7f3a-session");

    node.close();
    awaitPicture("▲ ", "trying again; this is what was seen last", "› 7f3a-session");
    screen.type("4");
    awaitPicture("[4 nodes 2]");

    node = node();
    nodes.running = node;
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(screen.picture())
                .contains("10.0.0.1:25520", node.endpoint().toString())
                .doesNotContain("trying again"));
  }

  @Test
  void of_a_cluster_another_address_is_asked_when_the_first_is_lost() {
    try (var second = node()) {
      var cluster = new RemoteNodes(List.of(node.endpoint(), second.endpoint()), nodes);
      var contact = new Contact(() -> cluster.running(Path.of("data")));
      assertThat(contact.ask().where()).isEqualTo(node.endpoint().toString());

      node.close();

      assertThatThrownBy(contact::ask).isInstanceOf(NodeGone.class);
      assertThat(contact.ask().where()).isEqualTo(second.endpoint().toString());
    }
  }

  @Test
  void a_terminal_that_is_resized_gets_another_picture() {
    awaitPicture("QUESTION");

    screen.columns = 40;

    Awaitility.await()
        .untilAsserted(
            () -> assertThat(screen.picture().lines()).allMatch(line -> line.length() < 40));
  }

  @Test
  void an_interrupt_ends_it() throws InterruptedException {
    var contact = new Contact(() -> nodes.running(Path.of("data")));
    var top = new Top(new ScriptedScreen(), Look.PLAIN, contact, InstantSource.system(), OFTEN);

    Thread.currentThread().interrupt();

    assertThatThrownBy(top::run).isInstanceOf(Interrupted.class);
  }
}
