package io.nanoswarm.offline.critique;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CritiqueTest {
  @TempDir Path root;

  @Test
  void the_name_of_what_all_here_is_about_is_not_missed_where_it_does_not_stand() {
    Question asked = Question.of("Does Fjord anchor lanterns?");
    assertThat(asked.words()).containsExactly("Fjord", "anchor", "lanterns");

    assertThat(uncovered(asked, List.of(0.01, 5.0, 4.0))).containsExactly("anchor", "lanterns");
    assertThat(uncovered(asked, List.of(3.0, 5.0, 4.0)))
        .containsExactly("Fjord", "anchor", "lanterns");
  }

  @Test
  void a_name_is_missed_whose_words_stand_apart() throws Exception {
    Question asked = Question.of("How do I read from the Fjord Lantern Buoys?");

    assertThat(uncovered(asked, "Each fjord has a lantern, and buoys lie there."))
        .containsExactly("Fjord Lantern Buoys");
    assertThat(uncovered(asked, "Each fjord has lantern-buoys.")).isEmpty();
  }

  private List<String> uncovered(Question asked, String line) throws Exception {
    Files.writeString(root.resolve("a.md"), line + "\n");
    Manifest files = new WorkspaceScan(Set.of()).scan(root);
    var finding =
        new Finding("a", new Evidence("a.md", 1, 1, line), 1, 1, 0, 1, asked.words(), line, 1);
    return Critique.of(
            List.of(finding),
            new Coverage(asked, Collections.nCopies(asked.aspects().size(), 1.0)),
            new VerbatimCheck(root, files))
        .uncovered();
  }

  private static List<String> uncovered(Question asked, List<Double> weights) {
    var files = new Manifest(List.of(), List.of(), List.of(), List.of());
    return Critique.of(
            List.of(), new Coverage(asked, weights), new VerbatimCheck(Path.of("."), files))
        .uncovered();
  }
}
