package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.OverviewView;
import io.nanoswarm.client.Story;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a terminal; with one, see {@code TopTest}. */
class TopCommandTest {
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
  void without_a_terminal_the_swarm_is_printed_once() {
    cli.nodes.running = cli.node();
    cli.nodes.running.overview = Story.overview();

    assertThat(cli.run("top")).isZero();

    assertThat(cli.out())
        .startsWith(" 2 sessions open · 2 questions to you · 1 task running, 13 waiting")
        .contains("\nsessions\n", "\nagents\n", "\nqueues\n", "\nnodes\n", Story.GOAL)
        .doesNotContain("\u001b");
    assertThat(cli.nodes.running.requests).filteredOn(each -> each.endsWith("overview")).hasSize(1);
  }

  @Test
  void as_json_it_is_what_the_endpoint_says() throws JsonProcessingException {
    cli.nodes.running = cli.node();
    cli.nodes.running.overview = Story.overview();

    assertThat(cli.run("top", "--once", "--json")).isZero();

    assertThat(ApiJson.mapper().readValue(cli.out(), OverviewView.class))
        .isEqualTo(Story.overview());
  }

  @Test
  void looking_starts_no_node() {
    assertThat(cli.run("top")).isEqualTo(2);
    assertThat(cli.err()).contains("no node runs on", "--cluster URL");
    assertThat(cli.nodes.started).isZero();
  }

  @Test
  void nobody_looks_more_often_than_once_a_second() {
    assertThat(cli.run("top", "--every", "500ms")).isEqualTo(2);
    assertThat(cli.run("top", "--every", "0s")).isEqualTo(2);
    assertThat(cli.err()).contains("--every 0s is out of range");
  }
}
