package io.nanoswarm.offline.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.question.Aspect;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.text.Terms;
import io.nanoswarm.offline.workspace.Parts;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceIndexTest {
  @TempDir Path root;
  @TempDir Path cache;

  @BeforeEach
  void writeWorkspace() throws Exception {
    Files.writeString(root.resolve("harbour.md"), "# Harbour\n\nShips moor at the quay.\n");
    Files.writeString(
        root.resolve("pilot.md"),
        "# Pilot\n\nA pilot boards ships.\n\n## Fee\n\nThe pilot asks a fee of ships.\n");
    Files.writeString(root.resolve("fish.md"), "# Fish\n\nHerring is salted in barrels.\n");
  }

  @Test
  void a_file_that_speaks_of_more_of_the_question_ranks_above_one_that_speaks_of_less()
      throws Exception {
    try (var index = index(1)) {
      var ranks = index.files(Question.of("Which fee does a pilot ask of ships?"));

      assertThat(ranks).containsOnlyKeys("pilot.md", "harbour.md");
      assertThat(ranks.get("pilot.md")).isBetween(ranks.get("harbour.md"), 1.0);
    }
  }

  @Test
  void how_the_workspace_is_cut_changes_no_rank() throws Exception {
    var question = Question.of("Which fee does a pilot ask of ships?");
    try (var whole = index(1);
        var cut = index(3)) {
      assertThat(cut.files(question)).isEqualTo(whole.files(question));
      assertThat(cut.coverage(question)).isEqualTo(whole.coverage(question));
    }
  }

  @Test
  void a_word_that_stands_nowhere_tells_most_but_an_everyday_one_nearly_nothing() throws Exception {
    try (var index = index(1)) {
      var weights = index.coverage(Question.of("ships zeppelin forever")).weights();

      assertThat(weights.get(1)).isGreaterThan(weights.get(0));
      assertThat(weights.get(2)).isLessThan(weights.get(0));
    }
  }

  @Test
  void words_of_the_passages_heard_are_learned_with_little_importance() throws Exception {
    var question = Question.of("ships");
    var feedback = new Feedback(question);
    feedback.hear(Terms.of("ships moor with pilots"), 1);

    try (var index = index(1)) {
      var expanded = index.expanded(feedback);

      assertThat(expanded.aspects()).startsWith(question.aspects().toArray(Aspect[]::new));
      assertThat(expanded.words()).contains("pilot");
      assertThat(expanded.aspects().getLast().importance()).isLessThan(1);
    }
  }

  private WorkspaceIndex index(int parts) throws Exception {
    List<Manifest.File> files = new WorkspaceScan(Set.of(cache)).scan(root).files();
    var indexes = new IndexCache(cache, new IndexCacheSettings(Long.MAX_VALUE));
    return WorkspaceIndex.open(indexes, root, Parts.cut(files, parts), _ -> {});
  }
}
