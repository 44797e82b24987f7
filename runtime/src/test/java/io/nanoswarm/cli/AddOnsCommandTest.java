package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.client.AddOn;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher is told to build in. */
class AddOnsCommandTest {
  @TempDir Path folder;
  private Path file;
  private CommandLineFixture cli;

  @BeforeEach
  void open() {
    file = folder.resolve(".add-ons");
    cli = new CommandLineFixture(folder);
    cli.environment.put("NANOSWARM_HOME", folder.toString());
  }

  @AfterEach
  void close() {
    cli.close();
  }

  @Test
  void what_there_is_is_listed_with_what_it_costs() {
    cli.nodes.addOns.put(AddOn.EMBEDDINGS, Optional.empty());

    assertThat(cli.run("add-ons")).isZero();

    assertThat(cli.out())
        .contains("embeddings  built in\n", "in other words", "92 MB", "of memory");
    assertThat(file).doesNotExist();
  }

  @Test
  void what_was_removed_is_noted_for_the_next_build_until_it_is_added_again() {
    assertThat(cli.run("add-ons", "--remove", "embeddings")).isZero();
    assertThat(cli.out()).contains("left out");
    assertThat(file).isEmptyFile();

    assertThat(cli.run("add-ons", "--remove", "embeddings")).isZero();
    assertThat(file).isEmptyFile();

    assertThat(cli.run("add-ons", "--add", "embeddings")).isZero();
    assertThat(cli.out()).contains("added: the next command builds it in");
    assertThat(file).doesNotExist();
  }

  @Test
  void it_is_said_as_json_too() {
    assertThat(cli.run("add-ons", "--json")).isZero();

    assertThat(cli.out()).contains("\"name\":\"embeddings\"", "\"wanted\":true");
  }

  @Test
  void what_the_program_has_is_told_apart_from_what_the_next_one_will_have() {
    cli.nodes.addOns.put(AddOn.EMBEDDINGS, Optional.empty());

    assertThat(cli.run("add-ons", "--remove", "embeddings")).isZero();
    assertThat(cli.out()).contains("removed: the next command builds without it");

    assertThat(cli.run("add-ons", "--add", "embeddings")).isZero();
    assertThat(cli.out()).contains("embeddings  built in\n");
  }

  @Test
  void doctor_tries_it_and_says_what_is_wrong() {
    cli.run("doctor");
    assertThat(cli.out()).doesNotContain("embeddings");

    cli.nodes.addOns.put(AddOn.EMBEDDINGS, Optional.empty());
    assertThat(cli.run("doctor")).isZero();
    assertThat(cli.out()).contains("can be loaded");

    cli.nodes.addOns.put(AddOn.EMBEDDINGS, Optional.of("it does not run on linux-x64"));
    assertThat(cli.run("doctor")).isZero();
    assertThat(cli.out()).contains("it does not run on linux-x64", "add-ons --remove embeddings");
  }

  @Test
  void one_that_nobody_knows_is_refused_with_those_there_are() {
    assertThat(cli.run("add-ons", "--add", "embedding")).isEqualTo(2);

    assertThat(cli.err()).contains("no add-on is called 'embedding'", "there is: embeddings");
    assertThat(file).doesNotExist();
  }

  @Test
  void where_nothing_is_built_it_says_so() {
    cli.environment.remove("NANOSWARM_HOME");

    assertThat(cli.run("add-ons")).isEqualTo(6);

    assertThat(cli.err()).contains("not one that `./swarm` has built", "./swarm add-ons");
  }
}
