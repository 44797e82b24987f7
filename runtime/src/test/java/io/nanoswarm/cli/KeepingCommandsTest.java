package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.client.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepingCommandsTest {
  @TempDir Path folder;
  private CommandLineFixture cli;

  @BeforeEach
  void open() {
    cli = new CommandLineFixture(folder);
    cli.nodes.running = cli.node();
    cli.nodes.running.sessions.put(Story.ID, Story.session("completed", List.of()));
  }

  @AfterEach
  void close() {
    cli.close();
  }

  @Test
  void a_session_that_is_named_is_deleted() {
    assertThat(cli.run("delete", "7f3")).isZero();

    assertThat(cli.nodes.running.sessions).isEmpty();
    assertThat(cli.err()).contains("deleted 1 session: 12 rows, 3 files");
  }

  @Test
  void a_dry_run_says_what_would_be_deleted_and_deletes_nothing() {
    assertThat(cli.run("delete", "--ended", "--dry-run")).isZero();

    assertThat(cli.err()).contains("would delete 7f3a-session, completed: Which modules");
    assertThat(cli.nodes.running.sessions).isNotEmpty();
  }

  @Test
  void what_is_over_for_less_than_asked_stays() {
    assertThat(cli.run("delete", "--older-than", "30d")).isZero();

    assertThat(cli.err()).contains("nothing to delete");
    assertThat(cli.nodes.running.sessions).isNotEmpty();
    assertThat(cli.run("delete", "--ended")).isZero();
    assertThat(cli.nodes.running.sessions).isEmpty();
  }

  @Test
  void nothing_is_deleted_unless_something_is_chosen() {
    assertThat(cli.run("delete")).isEqualTo(2);
    assertThat(cli.err()).contains("nothing is chosen", "--older-than 30d");
    assertThat(cli.run("delete", "7f3", "--ended")).isEqualTo(2);
    assertThat(cli.run("delete", "--older-than", "soon")).isEqualTo(2);
    assertThat(cli.err()).contains("--older-than 'soon' is no time");
    assertThat(cli.run("delete", "nowhere")).isEqualTo(7);
    assertThat(cli.nodes.running.sessions).isNotEmpty();
  }

  @Test
  void a_backup_goes_where_it_is_told() {
    assertThat(cli.run("backup", "copy.zip")).isZero();

    assertThat(cli.err())
        .contains("copied 1 session into " + folder.resolve("copy.zip") + ", 4 kB");
  }

  @Test
  void there_is_no_backup_of_nothing() throws IOException {
    Files.delete(folder.resolve(".nanoswarm"));

    assertThat(cli.run("backup", "copy.zip")).isEqualTo(2);
    assertThat(cli.err()).contains("there is no data folder", "--data DIR");
  }

  @Test
  void a_backup_is_restored_without_a_node() {
    assertThat(cli.run("restore", "copy.zip", "--data", "elsewhere")).isZero();

    assertThat(cli.nodes.restored)
        .containsExactly(folder.resolve("copy.zip") + " into " + folder.resolve("elsewhere"));
    assertThat(cli.nodes.started).isZero();
  }
}
