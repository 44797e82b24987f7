package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.AnswerRequest;
import io.nanoswarm.api.DeadTask;
import io.nanoswarm.api.DiscardRequest;
import io.nanoswarm.api.EntryView;
import io.nanoswarm.api.NodesView;
import io.nanoswarm.api.NodesView.NodeView;
import io.nanoswarm.api.PlanView;
import io.nanoswarm.api.PriorityRequest;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.api.SessionView.QuestionView;
import io.nanoswarm.api.SkillsView.SkillView;
import io.nanoswarm.client.DataFolderState;
import io.nanoswarm.client.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookingCommandsTest {
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
  void looking_at_nothing_starts_no_node_and_creates_no_folder() throws IOException {
    Files.delete(folder.resolve(".nanoswarm"));

    assertThat(cli.run("sessions")).isZero();
    assertThat(cli.err()).contains("no sessions yet", "./swarm run");
    assertThat(cli.run("show", "7f3")).isEqualTo(7);
    assertThat(cli.nodes.started).isZero();
    assertThat(folder.resolve(".nanoswarm")).doesNotExist();
  }

  @Test
  void sessions_are_listed_with_status_and_question() {
    cli.nodes.startable.add(cli.node());

    assertThat(cli.run("sessions")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            SESSION       STATUS   OPENED      TOOK  QUESTION
            7f3a-session  running  1m 30s ago        Which modules talk to the database, and how?
            """);
    assertThat(cli.nodes.closed).isEqualTo(1);
  }

  @Test
  void a_session_is_shown_with_its_tasks() {
    cli.nodes.running = cli.node();
    cli.nodes.running.sessions.put(Story.ID, Story.session("completed", Story.tasks("completed")));

    assertThat(cli.run("show", "7f3")).isZero();
    assertThat(cli.out())
        .contains("session    7f3a-session   completed   1m 23s")
        .contains("find-schema   completed  researcher-1   1      12s   Find the schema");
  }

  @Test
  void what_a_session_asks_is_shown_with_how_to_answer() {
    asking(new QuestionView("review", "critic", "Which draft?", "1.7"));

    assertThat(cli.run("show", "7f3")).isZero();
    assertThat(cli.out())
        .contains("7f3a-session   asking")
        .contains("asks       Which draft?   critic, task review")
        .contains("answer with: ./swarm answer 7f3a-session review \"…\"");
  }

  @Test
  void an_answer_goes_to_the_question_that_was_seen() {
    asking(new QuestionView("review", "critic", "Which draft?", "1.7"));

    assertThat(cli.run("answer", "7f3", "the second")).isZero();

    assertThat(cli.nodes.running.answered)
        .containsExactly(new AnswerRequest("review", "1.7", "the second"));
    assertThat(cli.err()).contains("answered review of session 7f3a-session");
  }

  @Test
  void an_answer_that_could_be_to_several_questions_or_to_none_is_refused() {
    asking(
        new QuestionView("review", "critic", "Which draft?", "1.7"),
        new QuestionView("name", "critic", "What name?", "1.8"));

    assertThat(cli.run("answer", "7f3", "the second")).isEqualTo(2);
    assertThat(cli.err()).contains("asks 2 questions", "review  Which draft?", "name  What name?");
    assertThat(cli.run("answer", "7f3", "other", "the second")).isEqualTo(2);
    assertThat(cli.err()).contains("task 'other' asks nothing");
    assertThat(cli.run("answer", "7f3", "the", "second", "one")).isEqualTo(2);
    assertThat(cli.err()).contains("put the answer in quotes");
    assertThat(cli.run("answer", "7f3", "name", "Ada")).isZero();

    cli.nodes.running.sessions.put(Story.ID, Story.session("running", Story.tasks("running")));
    assertThat(cli.run("answer", "7f3", "the second")).isEqualTo(2);
    assertThat(cli.err()).contains("session 7f3a-session asks nothing");
  }

  private void asking(QuestionView... questions) {
    cli.nodes.running = cli.node();
    var session = Story.session("asking", Story.tasks("running"));
    cli.nodes.running.sessions.put(
        Story.ID,
        new SessionView(
            session.id(),
            session.goal(),
            session.workspace(),
            session.files(),
            session.status(),
            session.openedAt(),
            session.endedAt(),
            session.reason(),
            session.missing(),
            session.tasks(),
            List.of(questions),
            session.folder(),
            List.of(),
            null,
            "normal"));
  }

  @Test
  void versions_are_told_of_nodes_while_there_are_two() {
    cli.nodes.running = cli.node();
    cli.nodes.running.nodes =
        new NodesView(
            List.of(
                new NodeView("10.0.0.1:25520", List.of("control"), "up", true, null, null, 0),
                new NodeView("10.0.0.2:25520", List.of("control"), "up", false, null, null, 1)));
    assertThat(cli.run("nodes")).isZero();
    assertThat(cli.out()).contains("supervises, wire version 0").contains("wire version 1");

    cli.nodes.running.nodes = new NodesView(List.of(cli.nodes.running.nodes.nodes().getFirst()));
    assertThat(cli.run("nodes")).isZero();
    assertThat(cli.out()).contains("supervises").doesNotContain("wire");
  }

  @Test
  void settings_are_shown_with_where_they_come_from() {
    assertThat(cli.run("config")).isZero();
    assertThat(cli.out())
        .contains("swarm.journal.database        \"postgresql\"  $NANOSWARM_JOURNAL")
        .contains("swarm.session.keep-snapshots  2             default");
    assertThat(cli.err()).contains("layer: local");
    assertThat(cli.run("config", "swarm.session")).isZero();
    assertThat(cli.out()).contains("swarm.session.lease").doesNotContain("swarm.journal");
    assertThat(cli.run("config", "--changed", "--json", "--layer", "cluster")).isZero();
    assertThat(cli.out()).contains("\"$NANOSWARM_JOURNAL\"").doesNotContain("keep-snapshots");
    assertThat(cli.run("config", "--config", "own.conf")).isZero();
    assertThat(cli.nodes.configuredBy).isEqualTo(folder.resolve("own.conf"));
    assertThat(cli.run("load", "--config", "own.conf")).isEqualTo(2);
    assertThat(cli.err()).contains("NANOSWARM_CONFIG=" + folder.resolve("own.conf"));
  }

  @Test
  void agents_are_shown_as_the_tree_they_are() {
    cli.nodes.running = cli.node();
    var hurt =
        new AgentView(
            "critic-1",
            "critic",
            "working",
            "process",
            null,
            4802L,
            null,
            2,
            "signal 9",
            "check",
            "comparing",
            176L);
    cli.nodes.running.agents =
        Story.agents(List.of(Story.agent("researcher-1", "researcher", "idle", 4711L), hurt));

    assertThat(cli.run("agents")).isZero();
    assertThat(cli.out())
        .startsWith("supervisor  pid 4700, up 1m 30s, /home/ada/shop/.nanoswarm\n")
        .contains("  offers linux, 2 cores, 7.8 GB, label gpu, gh 2.40.1, jq\n")
        .contains("├─ researcher-1  4711  idle     182 MB")
        .contains("└─ critic-1      4802  working  176 MB  2×    check: comparing")
        .contains("died last: signal 9");
  }

  @Test
  void without_a_node_there_are_no_agents() {
    assertThat(cli.run("agents")).isZero();
    assertThat(cli.err()).contains("no node runs on");
  }

  @Test
  void skills_are_listed_with_what_they_lack_here_and_no_node_is_started() {
    cli.nodes.skills =
        List.of(
            new SkillView(
                "exec",
                "built-in",
                null,
                "Runs a command.",
                List.of("bin:bash"),
                List.of(),
                null,
                null),
            new SkillView(
                "github",
                "workspace",
                "/w/skills/github",
                "Asks GitHub.",
                List.of("bin:gh"),
                List.of("bin:gh"),
                "its front matter is no YAML: oops",
                null));

    assertThat(cli.run("skills")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            SKILL   FROM       NEEDS         WHAT FOR
            exec    built-in   bin:bash      Runs a command.
            github  workspace  lacks bin:gh  Asks GitHub.
            """);
    assertThat(cli.err()).contains("github  its front matter is no YAML: oops");
    assertThat(cli.nodes.started).isZero();
  }

  @Test
  void a_variable_that_a_skill_lacks_though_it_is_set_is_told_with_what_lets_it_through() {
    cli.environment.put("TOKEN", "secret");
    var needs = List.of("env:OTHER", "env:TOKEN");
    cli.nodes.skills =
        List.of(new SkillView("ask", "workspace", null, "Asks.", needs, needs, null, null));

    assertThat(cli.run("skills")).isZero();
    assertThat(cli.err())
        .contains(
            "$TOKEN  is set, but agents do not see it; let them with"
                + " NANOSWARM_SKILL_VARIABLES=TOKEN")
        .doesNotContain("$OTHER", "secret");
  }

  @Test
  void skills_are_told_as_json() {
    cli.nodes.skills =
        List.of(
            new SkillView(
                "exec",
                "built-in",
                null,
                "Runs a command.",
                List.of("bin:bash"),
                List.of(),
                null,
                null));

    assertThat(cli.run("skills", "--json")).isZero();
    assertThat(cli.out()).contains("\"name\":\"exec\"", "\"from\":\"built-in\"", "\"lacking\":[]");
  }

  @Test
  void the_skills_that_a_swarm_names_are_listed_with_their_agents() throws Exception {
    Path file = folder.resolve("swarm.yaml");
    Files.writeString(file, "name: review\nagents: {r: {builtin: researcher, skills: [exec]}}");
    cli.nodes.skills =
        List.of(
            new SkillView(
                "exec",
                "built-in",
                null,
                "Runs a command.",
                List.of("bin:bash"),
                List.of(),
                null,
                List.of("reader", "writer")),
            new SkillView(
                "idle", "swarm", "/w/idle", "Idles.", List.of(), List.of(), null, List.of()));

    assertThat(cli.run("skills", "--swarm", file.toString())).as(cli.err()).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            SKILL  FROM      AGENTS         NEEDS     WHAT FOR
            exec   built-in  reader writer  bin:bash  Runs a command.
            idle   swarm     none                     Idles.
            """);
    assertThat(cli.run("skills", "--swarm", file.toString(), "--json")).isZero();
    assertThat(cli.out()).contains("\"swarm\":\"review\"", "\"agents\":[\"reader\",\"writer\"]");
    assertThat(cli.nodes.started).isZero();
  }

  @Test
  void a_plan_is_shown_before_anything_is_done() {
    var node = cli.node();
    node.plan =
        new PlanView(
            Story.GOAL,
            "/w",
            214,
            3_400_000,
            List.of(
                new PlanView.PlannedTask(
                    "answer", "coordinator", "Write the answer", "…", "NORMAL", List.of("check"))),
            List.of("logo.png: not text"));
    cli.nodes.startable.add(node);

    assertThat(cli.run("plan", Story.GOAL)).isZero();
    assertThat(cli.out())
        .contains("/w: 214 files, 3.4 MB")
        .contains("answer  coordinator  normal    check  Write the answer")
        .contains("skipped  logo.png: not text");
  }

  @Test
  void a_blackboard_is_listed_and_read() {
    cli.nodes.running = cli.node();
    cli.nodes.running.blackboard.add(
        new EntryView(
            "findings/pools.md",
            3,
            "researcher-1",
            "find-pools",
            "1.4",
            Story.START,
            false,
            "# Two pools\n\nThere are two.\n",
            List.of(),
            Map.of()));

    assertThat(cli.run("blackboard", "7f3")).isZero();
    assertThat(cli.out()).contains("3    findings/pools.md  researcher-1  1m 30s ago  Two pools");
    assertThat(cli.run("blackboard", "7f3", "findings/")).isZero();
    assertThat(cli.out()).isEqualTo("# Two pools\n\nThere are two.\n");
    assertThat(cli.run("blackboard", "7f3", "designs")).isEqualTo(2);
    assertThat(cli.err()).contains("nothing stands at 'designs'", "there is findings/pools.md");
  }

  @Test
  void tasks_that_have_ended_badly_are_listed_with_their_reasons() {
    cli.nodes.running = cli.node();
    assertThat(cli.run("dead")).isZero();
    assertThat(cli.err()).contains("no task has ended badly");

    cli.nodes.running.dead =
        List.of(
            new DeadTask(
                Story.ID,
                "Which modules talk to the database, and how?",
                "partial",
                "find-schema",
                "researcher",
                "Find the schema",
                "dead",
                "its worker researcher-1-w2 died",
                3,
                List.of("its time limit passed", "its worker researcher-1-w2 died"),
                Story.START));
    assertThat(cli.run("dead")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            SESSION       TASK         STATE  TRIED  WHY
            7f3a-session  find-schema  dead   3×     its worker researcher-1-w2 died
            """);
    assertThat(cli.err()).contains("have them done anew: ./swarm retry 7f3a-session");
    assertThat(cli.run("dead", "7f3")).isZero();
    assertThat(cli.out()).contains("find-schema: Find the schema", "  its time limit passed");
  }

  @Test
  void a_task_is_discarded_with_a_reason() {
    cli.nodes.running = cli.node();

    assertThat(cli.run("discard", "7f3", "find-schema", "--reason", "no use")).isZero();

    assertThat(cli.nodes.running.discarded)
        .containsExactly(new DiscardRequest("find-schema", "no use"));
    assertThat(cli.err()).contains("discarded find-schema of session 7f3a-session");
  }

  @Test
  void cancelling_tells_the_node_why() {
    cli.nodes.running = cli.node();

    assertThat(cli.run("cancel", "7f3")).isZero();
    assertThat(cli.nodes.running.requests).contains("POST /v1/sessions/7f3a-session/cancel");
  }

  @Test
  void a_session_is_paused_and_goes_on() {
    var node = cli.node();
    cli.nodes.running = node;

    assertThat(cli.run("pause", "7f3")).isZero();
    assertThat(node.requests).contains("POST /v1/sessions/7f3a-session/pause");
    assertThat(cli.err())
        .contains("paused session 7f3a-session", "go on with: ./swarm unpause 7f3a-session");

    node.sessions.put(Story.ID, Story.paused(Story.tasks("running")));
    assertThat(cli.run("pause", "7f3")).isZero();
    assertThat(cli.err())
        .contains("session 7f3a-session is paused already, since 2026", "5 tasks that run go on");
    assertThat(cli.run("show", "7f3")).isZero();
    assertThat(cli.out()).contains("go on with: ./swarm unpause 7f3a-session", "high");

    assertThat(cli.run("unpause", "7f3")).isZero();
    assertThat(node.requests).contains("POST /v1/sessions/7f3a-session/unpause");
    assertThat(cli.err()).contains("unpaused session 7f3a-session");
  }

  @Test
  void resume_lets_a_session_go_on_that_a_person_has_paused() {
    var node = cli.node(Story.opening(), Story.concluded("completed"));
    node.sessions.put(Story.ID, Story.paused(Story.tasks("ready")));
    cli.nodes.startable.add(node);

    assertThat(cli.run("resume", "7f3")).isZero();
    assertThat(node.requests)
        .containsSubsequence(
            "POST /v1/sessions/7f3a-session/unpause", "POST /v1/sessions/7f3a-session/resume");
  }

  @Test
  void a_session_is_given_a_priority() {
    var node = cli.node();
    node.sessions.put(Story.ID, Story.paused(Story.tasks("ready")));
    cli.nodes.running = node;

    assertThat(cli.run("priority", "7f3", "High")).isZero();
    assertThat(node.prioritised).containsExactly(new PriorityRequest("high"));
    assertThat(cli.err()).contains("session 7f3a-session has priority high already");
  }

  @Test
  void resume_without_an_id_takes_the_only_paused_session() {
    var node = cli.node(Story.opening(), Story.concluded("completed"));
    node.sessions.put(Story.ID, Story.session("paused", Story.tasks("ready")));
    cli.nodes.startable.add(node);

    assertThat(cli.run("resume")).isZero();
    assertThat(node.requests).contains("POST /v1/sessions/7f3a-session/resume");
  }

  @Test
  void resume_of_an_unknown_session_is_refused_and_the_node_closed() {
    cli.nodes.startable.add(cli.node());

    assertThat(cli.run("resume", "zzz")).isEqualTo(7);
    assertThat(cli.err()).contains("swarm: no session 'zzz'");
    assertThat(cli.nodes.closed).isEqualTo(1);
  }

  @Test
  void watching_a_session_that_is_over_prints_its_answer() {
    cli.nodes.running = cli.node();
    cli.nodes.running.sessions.put(Story.ID, Story.session("partial", List.of()));
    cli.nodes.running.answers.put(Story.ID, "half\n");

    assertThat(cli.run("watch", "7f3")).isEqualTo(3);
    assertThat(cli.out()).isEqualTo("half\n");
  }

  @Test
  void the_doctor_is_content_with_a_healthy_machine() {
    assertThat(cli.run("doctor")).isZero();
    assertThat(cli.out()).contains("JDK", "memory", "data folder", "loopback", "start-up cache");
  }

  @Test
  void the_doctor_fails_for_data_of_a_newer_version() {
    cli.nodes.state = new DataFolderState("9.0.0", false, null);

    assertThat(cli.run("doctor")).isEqualTo(6);
    assertThat(cli.out()).contains("in format 9.0.0, which version 0.1.0 does not read");
  }

  @Test
  void the_completion_script_knows_the_commands() {
    assertThat(cli.run("completion", "zsh")).isZero();
    assertThat(cli.out()).contains("complete -F _complete_swarm", "blackboard", "bashcompinit");
  }

  @Test
  void the_help_names_the_program_as_it_was_called() {
    cli.environment.put("NANOSWARM_COMMAND", "swarm");

    assertThat(cli.run("run", "--help")).isZero();
    assertThat(cli.out())
        .contains("Usage: swarm run", "124", "Examples:")
        .doesNotContain("./swarm");
  }

  @Test
  void without_a_command_there_is_help_and_no_success() {
    assertThat(cli.run()).isEqualTo(2);
    assertThat(cli.err()).contains("Usage: ./swarm", "Ask:", "Exit codes:");
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void the_version_is_one_line() {
    assertThat(cli.run("--version")).isZero();
    assertThat(cli.out()).isEqualTo("nanoswarm 0.1.0\n");
  }
}
