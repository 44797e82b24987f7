package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.client.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing here starts a node, and nothing prints a stack trace. */
class BadInputTest {
  @TempDir Path folder;
  private CommandLineFixture cli;

  @BeforeEach
  void open() {
    cli = new CommandLineFixture(folder);
  }

  @AfterEach
  void nothing_was_started() {
    assertThat(cli.err()).startsWith("swarm: ").doesNotContain("\tat ");
    assertThat(cli.out()).isEmpty();
    assertThat(cli.nodes.started).isZero();
    cli.close();
  }

  @Test
  void no_question() {
    assertRefused("no question", "./swarm run \"", "run");
  }

  @Test
  void an_empty_question() {
    assertRefused("the question is empty", "quotes", "run", "  ");
  }

  @Test
  void a_further_question_that_is_none() {
    assertRefused("the question is empty", "quotes", "ask", "7f3", " ");
    assertRefused("no question", "ask 7f3", "ask", "7f3");
  }

  @Test
  void a_question_without_quotes() {
    assertRefused(
        "there are 3: 'why' 'is' 'it'", "put the question in quotes", "run", "why", "is", "it");
  }

  @Test
  void a_question_longer_than_a_node_takes() {
    assertRefused("8193 characters", "file", "run", "x".repeat(8193));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--agents|0|--agents '0'|write a number from 1 to 1000",
        "--agents|1,,2|--agents ''|write a number from 1 to 1000",
        "--agents|many|--agents 'many'|write a number from 1 to 1000",
        "--agents|1001|--agents '1001'|write a number from 1 to 1000",
        "--agents|1000|1000 agents|ask for fewer agents",
        "--isolation|moon|--isolation 'moon'|write process or shared",
        "--work|dance|--work 'dance'|write none, wait:200ms or cpu:5ms",
        "--work|wait:2h|--work 'wait:2h'|write none, wait:200ms or cpu:5ms",
        "--rate|-3|--rate '-3'|more than 0",
        "--rate|fast|--rate 'fast'|more than 0",
        "--rate|NaN|--rate 'NaN'|more than 0",
        "--duration|5|--duration 5 has no unit|write 5s",
        "--duration|0s|out of range|1s",
        "--warm-up|soon|--warm-up 'soon'|write it as in",
        "--repeats|0|--repeats '0'|write a number from 1 to 100",
        "--sessions|0|--sessions '0'|write a number from 1 to 1000",
        "--json|nowhere/l.json|nowhere|choose another file",
        "--html|.|is a folder|name a file",
      })
  void a_load_test_that_cannot_be(String option, String value, String message, String hint) {
    assertRefused(message, hint, "load", option, value);
  }

  @Test
  void a_load_test_with_more_tasks_than_a_session_holds() {
    assertRefused(
        "tasks for each session (at most 10000)",
        "--sessions N",
        "load",
        "--rate",
        "5000",
        "--agents",
        "1");
  }

  @Test
  void a_depth_that_there_is_not() {
    assertRefused("--depth 'deep' is unknown", "brief or full", "run", "Why?", "--depth", "deep");
    assertRefused("--depth '' is unknown", "brief or full", "show", "7f3", "--depth", "");
    assertRefused(
        "--json shows the session", "leave one out", "show", "7f3", "--json", "--depth", "full");
  }

  @Test
  void a_missing_workspace() {
    assertRefused("/nope does not exist", "--workspace DIR", "run", "Why?", "-w", "nope");
  }

  @Test
  void a_file_as_workspace() {
    assertRefused(
        "README.md is a file, not a folder",
        "--workspace " + folder,
        "run",
        "Why?",
        "-w",
        "README.md");
  }

  @Test
  void an_empty_workspace() throws IOException {
    Files.createDirectory(folder.resolve("empty"));

    assertRefused("is empty", "files in it", "run", "Why?", "-w", "empty");
  }

  @Test
  void a_workspace_that_holds_nothing_but_the_data_folder() throws IOException {
    Files.createDirectories(folder.resolve("fresh/.nanoswarm"));

    assertRefused(
        "is empty", "files in it", "run", "Why?", "-w", "fresh", "--data", "fresh/.nanoswarm");
  }

  @Test
  void an_unreadable_workspace() throws IOException {
    var closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    boolean superuser = Files.isReadable(closed);
    if (superuser) {
      cli.run("run");
    }
    Assumptions.assumeFalse(superuser, "the superuser reads everything");

    assertRefused("cannot be read", "permissions", "run", "Why?", "-w", "closed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4             | is no ROLE=N             | write researcher=4
          critic        | is no ROLE=N             | write critic=2
          critic:3      | is no ROLE=N             | write critic=3
          researcher=   | is no ROLE=N             | write researcher=2
          critic=x      | is no ROLE=N             | write researcher=2
          critic=0      | at least one agent       | critic=1
          critic=-2     | at least one agent       | critic=1
          critic=100000 | at most 256              | critic=
          critic=99999999999999 | at most 256      | critic=
          plumber=2     | there is no role 'plumber' | roles are researcher, critic, coordinator
          critic=1,critic=2 | names critic twice   | one number
          critic=1,,    | is no ROLE=N             | write researcher=2
          """)
  void agents_that_make_no_sense(String typed, String message, String hint) {
    assertRefused(message, hint, "run", "Why?", "--agents", typed);
  }

  @ParameterizedTest
  @CsvSource({
    "10,has no unit,10m",
    "soon,is no time,90s",
    "-5m,is no time,90s",
    "0s,out of range,1s to 30d",
    "9999d,out of range,1s to 30d",
    "'',is no time,90s"
  })
  void a_time_limit_that_is_none(String typed, String message, String hint) {
    assertRefused(message, hint, "run", "Why?", "--timeout=" + typed);
  }

  @Test
  void an_unknown_isolation() {
    assertRefused("'jail' is unknown", "process or shared", "run", "Why?", "--isolation", "jail");
  }

  @Test
  void a_folder_to_write_the_answer_to() {
    assertRefused("is a folder", "answer.md", "run", "Why?", "--out", ".");
  }

  @Test
  void a_place_for_the_answer_that_does_not_exist() {
    assertRefused("there is no folder", "create it", "run", "Why?", "--out", "no/answer.md");
  }

  @Test
  void an_unknown_command() {
    assertRefused("unknown command 'rnu'", "did you mean run", "rnu");
  }

  @Test
  void a_question_in_place_of_a_command() {
    assertRefused("unknown command", "./swarm run \"Why is it so?\"", "Why is it so?");
  }

  @Test
  void an_unknown_option() {
    assertRefused("unknown option '--quite'", "--quiet", "run", "Why?", "--quite");
  }

  @Test
  void a_missing_session_id() {
    assertRefused("missing required parameter: 'ID'", "show --help", "show");
  }

  @Test
  void a_shell_without_completion() {
    assertRefused("no completion for 'fish'", "bash or zsh", "completion", "fish");
  }

  @Test
  void chaos_for_no_time() {
    assertRefused("--minutes 0 is out of range", "1 to 1440", "chaos", "--minutes", "0");
  }

  @Test
  void chaos_of_a_swarm_that_is_asked_nothing() {
    assertRefused(
        "--swarm without a question", "as the argument", "chaos", "--minutes", "1", "-s", "s.yaml");
  }

  @Test
  void chaos_in_a_folder_that_holds_something() {
    assertRefused(
        "is not empty",
        "name a new folder",
        "chaos",
        "--minutes",
        "1",
        "--data",
        System.getProperty("java.home"));
  }

  @Test
  void chaos_of_a_cluster_without_control_nodes_or_of_too_many() {
    assertRefused(
        "--control 0 and --machines 0 are out of range",
        "at least one control node",
        "chaos",
        "--minutes",
        "1",
        "--control",
        "0");
    assertRefused(
        "--control 3 and --machines 98 are out of range",
        "100 nodes in all",
        "chaos",
        "--minutes",
        "1",
        "--control",
        "3",
        "--machines",
        "98");
  }

  @Test
  void chaos_of_a_cluster_without_a_database_that_nodes_can_share() {
    assertRefused(
        "cannot share a journal in a data folder",
        "NANOSWARM_POSTGRESQL_URL",
        "chaos",
        "--minutes",
        "1",
        "--control",
        "3");
  }

  @Test
  void chaos_of_a_cluster_that_is_too_small_for_its_faults() {
    cli.nodes.journalServer = Optional.of("postgresql://db/swarm");
    assertRefused(
        "--control 3 and --machines 0 leave some faults without a victim",
        "two control nodes and one machine",
        "chaos",
        "--minutes",
        "1",
        "--control",
        "3");
  }

  @Test
  void chaos_in_the_network_of_a_node_alone() {
    assertRefused(
        "--network is about several nodes",
        "--control 3",
        "chaos",
        "--minutes",
        "1",
        "--network",
        "namespaces");
  }

  @Test
  void chaos_with_faults_that_do_not_exist() {
    assertRefused(
        "--only 'flood': no fault has that in its name",
        "reports them all",
        "chaos",
        "--minutes",
        "1",
        "--only",
        "flood");
    cli.nodes.journalServer = Optional.of("postgresql://db/swarm");
    assertRefused(
        "--only 'cut off': no fault has that in its name",
        "reports them all",
        "chaos",
        "--minutes",
        "1",
        "--control",
        "3",
        "--machines",
        "1",
        "--only",
        "cut off");
  }

  @Test
  void an_unknown_session() {
    cli.nodes.running = cli.node();

    for (var command : new String[] {"show", "watch", "blackboard", "cancel", "pause", "unpause"}) {
      assertThat(cli.run(command, "zzz")).as(command).isEqualTo(7);
      assertThat(cli.err()).contains("no session 'zzz'", "./swarm sessions");
    }
  }

  @Test
  void an_ambiguous_session() {
    var node = cli.node();
    node.sessions.put(
        "7f3b",
        new io.nanoswarm.api.SessionView(
            "7f3b",
            "Why?",
            "/w",
            1,
            "paused",
            Story.START,
            null,
            null,
            java.util.List.of(),
            java.util.List.of(),
            java.util.List.of(),
            "/f",
            java.util.List.of(),
            null,
            "normal"));
    cli.nodes.running = node;

    assertRefused("'7f3' is ambiguous: 2 begin like this", "7f3b  Why?", "show", "7f3");
  }

  @Test
  void a_paused_session_to_watch() {
    var node = cli.node();
    node.sessions.put(Story.ID, Story.session("paused", Story.tasks("ready")));
    cli.nodes.running = node;

    assertRefused("is paused", "./swarm resume 7f3a-session", "watch", "7f3");
  }

  @Test
  void a_session_to_watch_that_a_person_has_paused() {
    var node = cli.node();
    node.sessions.put(Story.ID, Story.paused(Story.tasks("ready")));
    cli.nodes.running = node;

    assertRefused("is paused, since 2026", "./swarm unpause 7f3a-session", "watch", "7f3");
  }

  @Test
  void a_priority_that_there_is_not() {
    cli.nodes.running = cli.node();

    assertRefused(
        "no priority 'soon'", "give one of low, normal, high, urgent", "priority", "7f3", "soon");
  }

  private void assertRefused(String message, String hint, String... arguments) {
    assertThat(cli.run(arguments)).isEqualTo(2);
    assertThat(cli.err()).contains(message).contains(hint);
  }
}
