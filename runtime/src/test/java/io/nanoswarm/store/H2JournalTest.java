package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract, over the file of a data folder. */
class H2JournalTest extends JournalContract {
  @Override
  JournalDatabase journal(Path data) {
    return new H2File(data.resolve("journal"), data.resolve("artifacts"));
  }

  @Override
  int schemas() {
    return 1;
  }

  /** Nanoswarm 0.1 made its tables by the script of the journal's plugin, and noted no version. */
  @Test
  void a_folder_of_the_first_release_goes_on() throws Exception {
    journal = journal(Files.createDirectories(folder.resolve("old")));
    try (var connection = journal.connect();
        var statement = connection.createStatement();
        var script = H2JournalTest.class.getResourceAsStream("/schema/h2/h2-create-schema.sql")) {
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    event("session|ses1", 1, "{}");

    journal.prepare();

    assertThat(ids()).containsExactly("session|ses1");
    try (var node = new Entities(journal)) {
      assertThat(node.remembers(node.memory("ses1", "a"), "k", "v", Entities.PATIENCE)).isTrue();
    }
  }

  @Test
  void a_folder_whose_sessions_are_in_postgresql_begins_no_second_journal() throws IOException {
    Path data = Files.createDirectories(folder.resolve("moved"));
    JournalMark.write(data.resolve("journal"), "postgresql://db/swarm");
    assertThatThrownBy(journal(data)::prepare)
        .isInstanceOf(StoreProblem.class)
        .hasMessage("the sessions of %s are kept in PostgreSQL, at postgresql://db/swarm", data);
    assertThat(data.resolve("journal.mv.db")).doesNotExist();
  }
}
