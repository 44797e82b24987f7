package io.nanoswarm.offline.critique;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CritiqueTest {
  @Test
  void the_name_of_what_all_here_is_about_is_not_missed_where_it_does_not_stand() {
    Question asked = Question.of("Does Fjord anchor lanterns?");
    assertThat(asked.words()).containsExactly("Fjord", "anchor", "lanterns");

    assertThat(uncovered(asked, List.of(0.01, 5.0, 4.0))).containsExactly("anchor", "lanterns");
    assertThat(uncovered(asked, List.of(3.0, 5.0, 4.0)))
        .containsExactly("Fjord", "anchor", "lanterns");
  }

  private static List<String> uncovered(Question asked, List<Double> weights) {
    var files = new Manifest(List.of(), List.of(), List.of(), List.of());
    return Critique.of(
            List.of(), new Coverage(asked, weights), new VerbatimCheck(Path.of("."), files))
        .uncovered();
  }
}
