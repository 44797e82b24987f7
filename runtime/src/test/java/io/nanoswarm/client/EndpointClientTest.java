package io.nanoswarm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nanoswarm.api.Problem;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.client.ScriptedEndpoint.Cut;
import io.nanoswarm.client.ScriptedEndpoint.Die;
import io.nanoswarm.client.ScriptedEndpoint.Freeze;
import io.nanoswarm.client.ScriptedEndpoint.Silence;
import io.nanoswarm.client.ScriptedEndpoint.Tell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointClientTest {
  private final ScriptedEndpoint node = new ScriptedEndpoint();
  private final EndpointClient client = new EndpointClient(node.endpoint());
  private final List<Progress> seen = new ArrayList<>();

  @BeforeEach
  void anUnfinishedSession() {
    node.sessions.put(Story.ID, Story.session("running", Story.tasks("ready")));
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void a_request_arrives_as_it_was_made() {
    var request = SessionRequest.of("Why?", "/w", Map.of("critic", 2), 90L, null);

    var id = client.open(request);

    assertThat(id).isEqualTo(Story.ID);
    assertThat(node.asked).containsExactly(request);
  }

  @Test
  void every_event_of_a_session_is_told_in_order_until_its_end() {
    var events = List.of(Story.opening(), Story.planned(), Story.concluded("completed"));
    node.streams.put(Story.ID, events.stream().<ScriptedEndpoint.Step>map(Tell::new).toList());

    var ended = client.follow(Story.ID, seen::add);

    assertThat(seen).isEqualTo(events);
    assertThat(ended.status()).isEqualTo("completed");
  }

  @Test
  void a_broken_connection_is_resumed_after_the_last_event_seen() {
    node.streams.put(
        Story.ID,
        List.of(
            new Tell(Story.opening()),
            new Tell(Story.planned()),
            new Cut(),
            new Tell(Story.concluded("completed"))));

    client.follow(Story.ID, seen::add);

    assertThat(seen)
        .containsExactly(Story.opening(), Story.planned(), Story.concluded("completed"));
    assertThat(node.requests).contains("GET /v1/sessions/7f3a-session/events after 1");
  }

  @Test
  void a_node_that_ends_is_gone_not_retried_for_ever() {
    node.streams.put(Story.ID, List.of(new Tell(Story.opening()), new Die()));

    assertThatExceptionOfType(NodeGone.class).isThrownBy(() -> client.follow(Story.ID, seen::add));
  }

  @Test
  void a_connection_that_breaks_again_and_again_without_an_event_is_given_up() {
    node.streams.put(Story.ID, List.of());

    assertThatExceptionOfType(NodeGone.class).isThrownBy(() -> client.follow(Story.ID, seen::add));
  }

  @Test
  void waiting_for_an_event_can_be_interrupted() throws Exception {
    node.streams.put(Story.ID, List.of(new Tell(Story.opening()), new Silence()));
    var waiting = new CountDownLatch(1);
    var failure = new ArrayList<Throwable>();
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                client.follow(Story.ID, _ -> waiting.countDown());
              } catch (RuntimeException e) {
                failure.add(e);
              }
            });
    waiting.await();

    thread.interrupt();
    thread.join(5_000);

    assertThat(failure).singleElement().isInstanceOf(Interrupted.class);
  }

  @Test
  void a_node_that_gives_no_sign_of_life_is_waited_for_and_the_listener_is_told() {
    var frozen = new CountDownLatch(1);
    node.streams.put(
        Story.ID,
        List.of(
            new Tell(Story.opening()), new Freeze(frozen), new Tell(Story.concluded("completed"))));
    var told = new ArrayList<String>();
    var listener =
        new SessionListener() {
          @Override
          public void hear(Progress event) {
            told.add(event.equals(Story.opening()) ? "opening" : "conclusion");
          }

          @Override
          public void silent(Duration since) {
            // A machine that has much to do may be silent before, too.
            if (told.contains("opening")) {
              frozen.countDown();
            }
            told.add("silent");
          }

          @Override
          public void answersAgain() {
            told.add("answers again");
          }
        };

    var ended =
        new EndpointClient(node.endpoint(), Duration.ofMillis(300)).follow(Story.ID, listener);

    assertThat(ended.status()).isEqualTo("completed");
    assertThat(told).containsSubsequence("opening", "silent", "answers again", "conclusion");
    assertThat(node.requests).filteredOn(each -> each.contains("/events")).hasSize(1);
  }

  @Test
  void a_refusal_carries_what_is_wrong_and_what_to_do() {
    node.refusal = new Problem("agents: 99 researchers need 9 GB", "ask for fewer");

    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> client.open(SessionRequest.of("Why?", "/w", Map.of(), null, null)))
        .withMessage("agents: 99 researchers need 9 GB")
        .satisfies(e -> assertThat(e.hint()).isEqualTo("ask for fewer"))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void a_session_without_an_answer_has_none_rather_than_an_error() {
    assertThat(client.answer(Story.ID)).isEmpty();
  }

  @Test
  void the_token_is_not_part_of_what_is_printed() {
    assertThat(node.endpoint().toString()).doesNotContain("secret");
  }
}
