package io.nanoswarm.offline.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHistoryTest {
  @TempDir Path root;
  private int day;

  @Test
  void commits_of_a_folder_inside_a_repository_are_those_that_touch_it() throws Exception {
    try (Git git = init()) {
      commit(git, "Ada", "Begin", "shop/till.py", "docs/all.md");
      commit(git, "Bob", "Write", "docs/all.md");
      commit(git, "Bob", "Count", "shop/till.py", "shop/price.py");
    }

    GitHistory.Changes changes = GitHistory.read(root.resolve("shop"));

    assertThat(changes.remark()).isEmpty();
    assertThat(changes.complete()).isTrue();
    assertThat(changes.changes())
        .containsExactly(
            new GitHistory.Change("2026-01-03", "Bob", "Count", List.of("price.py", "till.py")),
            new GitHistory.Change("2026-01-01", "Ada", "Begin", List.of("till.py")));
  }

  @Test
  void churn_authors_and_what_changes_together_are_counted_for_files_that_are_there()
      throws Exception {
    try (Git git = init()) {
      for (int i = 0; i < 3; i++) {
        commit(git, i == 0 ? "Ada" : "Bob", "Change " + i, "till.py", "price.py", "gone.py");
      }
      commit(git, "Ada", "Alone", "till.py");
    }

    var churning = new Churning(GitHistory.read(root), Set.of("till.py", "price.py", "never.py"));

    Figures.History history = churning.history();
    assertThat(history.commits()).isEqualTo(4);
    assertThat(history.first()).isEqualTo("2026-01-01");
    assertThat(history.last()).isEqualTo("2026-01-04");
    assertThat(history.churn())
        .containsExactly(
            new Figures.Churn("till.py", 4, "2026-01-04"),
            new Figures.Churn("price.py", 3, "2026-01-03"));
    assertThat(history.together()).containsExactly(new Figures.Together("price.py", "till.py", 3));
    assertThat(churning.authors("price.py"))
        .containsExactly(new Figures.Author("Bob", 2), new Figures.Author("Ada", 1));
    assertThat(churning.lastSubject("till.py")).isEqualTo("Alone");
    assertThat(churning.with("till.py"))
        .containsExactly(new Figures.Together("till.py", "price.py", 3));
  }

  @Test
  void a_shallow_clone_tells_what_it_has_and_that_there_may_be_more() throws Exception {
    Path shallow = root.resolve("shallow");
    try (Git git = init()) {
      commit(git, "Ada", "One", "till.py");
      commit(git, "Ada", "Two", "till.py");
      commit(git, "Ada", "Three", "till.py");
      try (Git _ =
          Git.cloneRepository()
              .setURI(root.toUri().toString())
              .setDepth(2)
              .setDirectory(shallow.toFile())
              .call()) {}
    }

    GitHistory.Changes changes = GitHistory.read(shallow);

    assertThat(changes.changes()).extracting(GitHistory.Change::subject).containsExactly("Three");
    assertThat(changes.complete()).isFalse();
    assertThat(changes.remark()).isEqualTo("a shallow clone holds no others");
  }

  @Test
  void a_repository_without_a_commit_has_no_history() throws Exception {
    try (Git _ = init()) {
      assertThat(GitHistory.read(root).remark()).isEqualTo("The repository has no commit yet");
    }
  }

  @Test
  void a_folder_that_no_commit_touches_has_no_history() throws Exception {
    try (Git git = init()) {
      commit(git, "Ada", "One", "till.py");
    }
    Files.createDirectories(root.resolve("new"));

    assertThat(GitHistory.read(root.resolve("new")).remark())
        .isEqualTo("No commit changes a file of this folder");
  }

  @Test
  void an_odd_repository_is_no_failure() throws Exception {
    Files.writeString(root.resolve(".git"), "gitdir: /nowhere/at/all\n");

    assertThat(GitHistory.read(root).changes()).isEmpty();
    assertThat(GitHistory.read(root).remark()).isNotEmpty();
  }

  @Test
  void a_damaged_repository_is_no_failure() throws Exception {
    try (Git git = init()) {
      commit(git, "Ada", "One", "till.py");
    }
    try (var objects = Files.walk(root.resolve(".git/objects"))) {
      for (Path each : objects.filter(Files::isRegularFile).toList()) {
        Files.delete(each);
      }
    }

    assertThat(GitHistory.read(root).changes()).isEmpty();
    assertThat(GitHistory.read(root).remark()).startsWith("The history of the repository cannot");
  }

  private Git init() throws Exception {
    return Git.init().setDirectory(root.toFile()).call();
  }

  private void commit(Git git, String author, String subject, String... paths) throws Exception {
    day++;
    for (String path : paths) {
      write(path, "%s on day %d\n".formatted(path, day));
    }
    git.add().addFilepattern(".").call();
    var who =
        new PersonIdent(
            author,
            author + "@example.org",
            Instant.parse("2026-01-%02dT12:00:00Z".formatted(day)),
            ZoneOffset.UTC);
    git.commit().setAuthor(who).setCommitter(who).setSign(false).setMessage(subject).call();
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
