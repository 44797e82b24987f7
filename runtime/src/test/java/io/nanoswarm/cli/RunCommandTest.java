package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.AskRequest;
import io.nanoswarm.api.Problem;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.RetryRequest;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.Isolation;
import io.nanoswarm.client.ScriptedEndpoint.Die;
import io.nanoswarm.client.ScriptedEndpoint.Silence;
import io.nanoswarm.client.ScriptedEndpoint.Tell;
import io.nanoswarm.client.Story;
import io.nanoswarm.client.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RunCommandTest {
  @TempDir Path folder;
  private CommandLineFixture cli;

  @BeforeEach
  void open() {
    cli = new CommandLineFixture(folder);
  }

  @AfterEach
  void close() {
    cli.close();
  }

  @Test
  void the_answer_goes_to_stdout_as_markdown_and_the_progress_to_stderr() {
    var node = cli.node(Story.opening(), Story.planned(), Story.concluded("completed"));
    node.answers.put(Story.ID, "# Two\n");
    cli.nodes.startable.add(node);

    int code = cli.run("run", Story.GOAL);

    assertThat(code).isZero();
    assertThat(cli.out()).isEqualTo("# Two\n");
    assertThat(cli.err())
        .contains("planned 5 tasks: 3 researcher, 1 critic, 1 coordinator")
        .contains("completed after 1m 23s")
        .contains("./swarm show 7f3a-session");
    assertThat(cli.nodes.closed).isEqualTo(1);
  }

  @Test
  void options_become_the_request() {
    var node = cli.node(Story.concluded("completed"));
    cli.nodes.startable.add(node);

    cli.run(
        "run",
        "Why?",
        "-a",
        "researcher=4,critic=1",
        "-a",
        "coordinator=2",
        "--timeout",
        "1h30m",
        "--isolation",
        "shared",
        "--include",
        "*.md",
        "--include",
        "docs/",
        "--exclude",
        "old/");

    var asked = node.asked.getFirst();
    assertThat(asked.agents()).isEqualTo(Map.of("researcher", 4, "critic", 1, "coordinator", 2));
    assertThat(asked.timeoutSeconds()).isEqualTo(5400);
    assertThat(asked.isolation()).isEqualTo("shared");
    assertThat(asked.include()).containsExactly("*.md", "docs/");
    assertThat(asked.exclude()).containsExactly("old/");
    assertThat(asked.workspace()).isEqualTo(folder.toString());
    assertThat(cli.nodes.options.isolation()).isEqualTo(Isolation.SHARED);
  }

  @Test
  void the_answer_is_written_in_the_format_that_was_asked_for() throws Exception {
    var node = cli.node(Story.concluded("completed"));
    node.answers.put(Story.ID, "# Why\n\n- So it is. \u2014 `README.md:1`\n");
    cli.nodes.startable.add(node);
    var page = folder.resolve("page.html");

    assertThat(cli.run("run", "Why?", "--format", "html", "--output", page.toString())).isZero();
    assertThat(page).content().startsWith("<!DOCTYPE html>").contains("So it is.");
    assertThat(cli.out()).isEqualTo("# Why\n\n- So it is. \u2014 `README.md:1`\n");

    var later = cli.node();
    later.answers.putAll(node.answers);
    cli.nodes.running = later;
    assertThat(cli.run("show", Story.ID, "--format", "json")).isZero();
    assertThat(cli.out()).contains("\"schema\" : \"nanoswarm.answer/1\"", "\"line\" : 1");
    assertThat(cli.run("show", Story.ID, "--format", "md")).isZero();
    assertThat(cli.out()).startsWith("# Why\n");
    assertThat(cli.run("show", Story.ID, "--format", "pdf")).isEqualTo(2);
    assertThat(cli.err()).contains("--format 'pdf' is unknown", "md or json or html");
  }

  @Test
  void the_answer_is_as_deep_as_was_asked_for_in_every_format() throws Exception {
    var node = cli.node(Story.concluded("completed"));
    node.answers.put(Story.ID, "# Why\n\nSo it is.\n");
    node.fullAnswers.put(Story.ID, "# Why\n\nSo it is, and so it was.\n");
    cli.nodes.startable.add(node);
    var file = folder.resolve("answer.md");

    assertThat(cli.run("run", "Why?", "--depth", "full", "--output", file.toString())).isZero();
    assertThat(cli.out()).isEqualTo("# Why\n\nSo it is, and so it was.\n");
    assertThat(file).content().isEqualTo(cli.out());

    var over = cli.node();
    over.sessions.put(Story.ID, Story.session("completed", List.of()));
    over.answers.putAll(node.answers);
    over.fullAnswers.putAll(node.fullAnswers);
    cli.nodes.running = over;
    for (String format : List.of("md", "json", "html")) {
      assertThat(cli.run("show", Story.ID, "--format", format, "--depth", "full")).isZero();
      assertThat(cli.out()).contains("So it is, and so it was.");
      assertThat(cli.run("show", Story.ID, "--format", format, "--depth", "brief")).isZero();
      assertThat(cli.out()).contains("So it is.").doesNotContain("so it was");
    }
    assertThat(cli.run("show", Story.ID, "--depth", "full")).isZero();
    assertThat(cli.out()).isEqualTo("# Why\n\nSo it is, and so it was.\n");
    assertThat(cli.run("watch", Story.ID, "--quiet", "--depth", "FULL")).isZero();
    assertThat(cli.out()).isEqualTo("# Why\n\nSo it is, and so it was.\n");
    assertThat(cli.run("watch", Story.ID, "--quiet")).isZero();
    assertThat(cli.out()).isEqualTo("# Why\n\nSo it is.\n");
  }

  @Test
  void depths_are_completed_and_explained() {
    assertThat(cli.run("completion", "bash")).isZero();
    assertThat(cli.out()).contains("(\"brief\" \"full\") # --depth values");
    assertThat(cli.run("ask", "--help")).isZero();
    assertThat(cli.out()).contains("--depth=brief|full");
  }

  @ParameterizedTest
  @CsvSource({"completed,0", "partial,3", "failed,4", "cancelled,5", "timed-out,124"})
  void every_kind_of_ending_has_its_exit_code(String status, int code) {
    cli.nodes.startable.add(cli.node(Story.concluded(status)));

    assertThat(cli.run("run", "Why?")).isEqualTo(code);
    assertThat(cli.err()).contains(status.replace('-', ' '));
  }

  @Test
  void a_partial_answer_says_what_is_missing() {
    var node = cli.node(Story.concluded("partial"));
    node.answers.put(Story.ID, "half");
    cli.nodes.startable.add(node);

    cli.run("run", "Why?");

    assertThat(cli.out()).isEqualTo("half\n");
    assertThat(cli.err()).contains("missing  the orders module was not searched");
  }

  @Test
  void quiet_prints_the_answer_and_nothing_else() {
    var node = cli.node(Story.opening(), Story.concluded("completed"));
    node.answers.put(Story.ID, "two\n");
    cli.nodes.startable.add(node);

    cli.run("run", "Why?", "--quiet");

    assertThat(cli.out()).isEqualTo("two\n");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void json_prints_every_event_and_then_the_result() {
    var node = cli.node(Story.opening(), Story.planned(), Story.concluded("completed"));
    node.answers.put(Story.ID, "two\n");
    cli.nodes.startable.add(node);

    cli.run("run", "Why?", "--json");

    var lines = cli.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("{\"event\":\"snapshot\",\"at\":\"2026-03-01T10:00:00Z\"");
    assertThat(lines.get(3))
        .startsWith("{\"event\":\"result\",\"session\":\"7f3a-session\",\"status\":\"completed\"")
        .contains("\"answer\":\"two\\n\"", "\"folder\":", "\"exit\":0");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void the_answer_is_written_to_a_file_as_a_whole() throws IOException {
    var node = cli.node(Story.concluded("completed"));
    node.answers.put(Story.ID, "two\n");
    cli.nodes.startable.add(node);
    Files.writeString(folder.resolve("answer.md"), "an older answer");

    cli.run("run", "Why?", "--out", "answer.md");

    assertThat(folder.resolve("answer.md")).hasContent("two");
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void a_running_node_is_used_and_left_running() {
    cli.nodes.running = cli.node(Story.concluded("completed"));

    assertThat(cli.run("run", "Why?")).isZero();
    assertThat(cli.nodes.started).isZero();
  }

  @Test
  void when_the_other_terminals_node_goes_away_this_one_takes_over() {
    var other = cli.node();
    other.streams.put(Story.ID, List.of(new Tell(Story.opening()), new Die()));
    cli.nodes.running = other;
    var own = cli.node(Story.opening(), Story.concluded("completed"));
    own.answers.put(Story.ID, "two\n");
    cli.nodes.startable.add(own);

    int code = cli.run("run", "Why?");

    assertThat(code).isZero();
    assertThat(cli.out()).isEqualTo("two\n");
    assertThat(cli.err()).contains("this terminal took over session 7f3a-session");
    assertThat(own.requests).contains("POST /v1/sessions/7f3a-session/resume");
  }

  @Test
  void a_session_that_ended_with_the_node_is_not_resumed() {
    var other = cli.node();
    other.streams.put(Story.ID, List.of(new Tell(Story.opening()), new Die()));
    cli.nodes.running = other;
    var own = cli.node(Story.concluded("completed"));
    own.sessions.put(Story.ID, Story.session("completed", List.of()));
    cli.nodes.startable.add(own);

    assertThat(cli.run("run", "Why?")).isZero();
    assertThat(own.requests).doesNotContain("POST /v1/sessions/7f3a-session/resume");
  }

  @Test
  void tasks_are_tried_again_and_their_session_followed_to_its_end() {
    var node = cli.node(Story.concluded("completed"));
    node.sessions.put(Story.ID, Story.session("partial", List.of()));
    node.answers.put(Story.ID, "found\n");
    cli.nodes.startable.add(node);

    assertThat(cli.run("retry", "7f3", "find-schema")).isZero();

    assertThat(node.retried).containsExactly(new RetryRequest(List.of("find-schema")));
    assertThat(cli.out()).isEqualTo("found\n");
  }

  @Test
  void a_further_question_is_followed_to_its_own_end_and_not_to_that_of_the_one_before() {
    var before =
        new SessionView.EarlierView(
            1, Story.GOAL, "completed", Story.START, Story.START, List.of());
    var first = Story.session("completed", Story.tasks("completed"));
    var second =
        new SessionView(
            first.id(),
            "And where is it tested?",
            first.workspace(),
            first.files(),
            "partial",
            first.openedAt(),
            first.endedAt(),
            null,
            List.of("one part"),
            first.tasks(),
            List.of(),
            first.folder(),
            List.of(before),
            null,
            "normal");
    var node = cli.node(Story.concluded("completed"), new Progress.Concluded(Story.START, second));
    cli.nodes.startable.add(node);

    assertThat(cli.run("ask", "7f3", "And where is it tested?", "--timeout", "90s")).isEqualTo(3);

    assertThat(node.furtherAsked).containsExactly(new AskRequest("And where is it tested?", 90L));
    assertThat(cli.err()).contains("partial", "one part");
  }

  @Test
  void a_further_question_to_an_unknown_session_says_so() {
    cli.nodes.running = cli.node();

    assertThat(cli.run("ask", "zzz", "Why?")).isEqualTo(7);

    assertThat(cli.err()).contains("no session 'zzz'", "./swarm sessions");
  }

  @Test
  void an_own_node_stays_for_the_sessions_of_other_terminals() {
    var node = cli.node(Story.concluded("completed"));
    var theirs = "99-other";
    node.sessions.put(theirs, session(theirs));
    node.streams.put(theirs, List.of(new Tell(Story.concluded("completed"))));
    cli.nodes.startable.add(node);

    cli.run("run", "Why?");

    assertThat(cli.err()).contains("1 more session runs on this node; staying until then");
    assertThat(node.requests).contains("GET /v1/sessions/99-other/events");
    assertThat(cli.nodes.closed).isEqualTo(1);
  }

  @Test
  void a_question_is_told_with_the_command_that_answers_it_as_it_is_to_be_typed() {
    var asked = Story.asked("review", "critic-1", "Which draft?");
    cli.environment.put("NANOSWARM_COMMAND", "../nanoswarm/swarm");
    cli.nodes.startable.add(cli.node(Story.opening(), asked, Story.concluded("completed")));
    cli.run("run", "Why?");
    assertThat(cli.err())
        .contains(
            "critic-1 asks: Which draft? (answer with: ../nanoswarm/swarm answer 7f3a-session"
                + " review \"…\")");

    cli.nodes.startable.add(cli.node(Story.opening(), asked, Story.concluded("completed")));
    cli.run("run", "Why?", "--data", "my data");
    assertThat(cli.err())
        .contains("swarm answer --data 'my data' 7f3a-session review \"…\")")
        .contains("swarm show --data 'my data' 7f3a-session");
  }

  @Test
  void an_interrupt_pauses_the_session_and_says_how_to_continue() throws InterruptedException {
    var node = cli.node();
    node.streams.put(Story.ID, List.of(new Tell(Story.opening()), new Silence()));
    cli.nodes.startable.add(node);
    var code = new int[1];
    var command = Thread.ofPlatform().start(() -> code[0] = cli.run("run", "Why?"));
    Awaitility.await().until(() -> cli.err().contains("session 7f3a-session"));

    command.interrupt();
    command.join();

    assertThat(code[0]).isEqualTo(130);
    assertThat(cli.err()).contains("paused; continue with: ./swarm resume 7f3a-session");
    assertThat(cli.nodes.closed).isEqualTo(1);
  }

  @Test
  void what_the_node_refuses_is_told_without_a_stack_trace() {
    var node = cli.node();
    node.refusal = new Problem("400 agents need 40 GB, there are 8", "ask for fewer");
    cli.nodes.startable.add(node);

    assertThat(cli.run("run", "Why?")).isEqualTo(2);
    assertThat(cli.err())
        .contains("swarm: 400 agents need 40 GB, there are 8")
        .contains("ask for fewer")
        .doesNotContain("Exception");
    assertThat(cli.nodes.closed).isEqualTo(1);
  }

  @Test
  void a_node_that_cannot_start_for_a_reason_is_the_environments_fault() {
    cli.nodes.failure = UserError.environment("data folder /d is full", "free some space");

    assertThat(cli.run("run", "Why?")).isEqualTo(6);
    assertThat(cli.err()).contains("swarm: data folder /d is full").doesNotContain("Exception");
  }

  private static io.nanoswarm.api.SessionView session(String id) {
    var like = Story.session("running", List.of());
    return new io.nanoswarm.api.SessionView(
        id,
        like.goal(),
        like.workspace(),
        1,
        "running",
        like.openedAt(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        like.folder(),
        List.of(),
        null,
        "normal");
  }
}
