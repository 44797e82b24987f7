package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.client.ScriptedEndpoint;
import io.nanoswarm.client.Story;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that use the nodes of a cluster elsewhere. */
class ClusterOptionTest {
  private static final String NOBODY = "http://127.0.0.1:1";

  @TempDir Path folder;
  private CommandLineFixture cli;
  private ScriptedEndpoint node;
  private String url;

  @BeforeEach
  void aNodeElsewhere() throws Exception {
    cli = new CommandLineFixture(folder);
    node = cli.node();
    url = node.endpoint().uri().toString();
    Path token = Files.writeString(folder.resolve("token"), node.endpoint().token() + "\n");
    cli.environment.put("NANOSWARM_TOKEN_FILE", token.toString());
  }

  @AfterEach
  void close() {
    cli.close();
  }

  @Test
  void a_command_uses_the_cluster_and_starts_no_node() {
    assertThat(cli.run("sessions", "--cluster", url)).as(cli.err()).isZero();

    assertThat(cli.out()).contains(Story.ID);
    assertThat(cli.nodes.started).isZero();
  }

  @Test
  void the_first_address_that_answers_is_used() {
    assertThat(cli.run("sessions", "--cluster", NOBODY + "," + url)).as(cli.err()).isZero();

    assertThat(cli.out()).contains(Story.ID);
  }

  @Test
  void the_variable_holds_for_all_commands_unless_a_data_folder_is_named() {
    cli.environment.put("NANOSWARM_CLUSTER", url);

    assertThat(cli.run("sessions")).as(cli.err()).isZero();
    assertThat(cli.out()).contains(Story.ID);
    int requests = node.requests.size();
    assertThat(cli.run("sessions", "--data", folder.resolve("other").toString())).isZero();
    assertThat(node.requests).hasSize(requests);
  }

  @Test
  void a_cluster_that_does_not_answer_is_told_and_no_node_takes_its_place() {
    assertThat(cli.run("sessions", "--cluster", NOBODY)).isEqualTo(6);

    assertThat(cli.err()).contains("no node of the cluster answers at " + NOBODY);
    assertThat(cli.run("nodes", "--cluster", NOBODY)).isEqualTo(6);
    assertThat(cli.nodes.started).isZero();
  }

  @Test
  void a_token_that_is_missing_is_asked_for() {
    cli.environment.remove("NANOSWARM_TOKEN_FILE");

    assertThat(cli.run("sessions", "--cluster", url)).isEqualTo(2);
    assertThat(cli.err()).contains("no", "NANOSWARM_TOKEN_FILE").doesNotContain("\tat ");
  }

  @Test
  void a_token_that_is_not_taken_is_told() throws Exception {
    Files.writeString(folder.resolve("token"), "another");

    assertThat(cli.run("sessions", "--cluster", url)).isEqualTo(6);
    assertThat(cli.err())
        .contains(url + " does not take the token")
        .doesNotContain("another")
        .doesNotContain("\tat ");
  }

  @Test
  void a_file_without_a_token_and_one_that_cannot_be_read_are_told() throws Exception {
    Files.writeString(folder.resolve("token"), "\n");
    assertThat(cli.run("sessions", "--cluster", url)).isEqualTo(2);

    cli.environment.put("NANOSWARM_TOKEN_FILE", folder.resolve("none").toString());
    assertThat(cli.run("sessions", "--cluster", url)).isEqualTo(6);
    assertThat(cli.err()).contains(folder.resolve("none").toString(), "cannot be read");
  }

  @Test
  void an_address_that_is_none_is_told() {
    for (String bad : List.of("10.0.0.1:8080", "ftp://a", "http://a/path", "http://u@a", "a")) {
      assertThat(cli.run("sessions", "--cluster", bad)).as(bad).isEqualTo(2);
      assertThat(cli.err()).contains("no address of a cluster").doesNotContain("\tat ");
    }
  }
}
