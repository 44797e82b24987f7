package io.nanoswarm.offline.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.text.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementsTest {
  private static final Question ASKED = Question.of("How long is the lease of a quay?");

  @Test
  void a_row_of_figures_is_no_sentence() {
    assertThat(
            said(
                "| the lease of a quay, shorter than usual | 3 | 0 | 5.2 s | 7.2 s |",
                "",
                "The lease of a quay is forty days."))
        .containsExactly("The lease of a quay is forty days.");
  }

  @Test
  void a_row_with_one_figure_may_be_said() {
    assertThat(said("| the lease of a quay, if nobody asks for less | 40 days |")).hasSize(1);
  }

  @Test
  void a_sentence_is_said_before_a_fragment_of_the_same_words() {
    assertThat(
            said(
                "whether the lease of a quay is long.",
                "",
                "Nobody knows how long a lease of the quay may be."))
        .first()
        .isEqualTo("Nobody knows how long a lease of the quay may be.");
  }

  private static List<String> said(String... lines) {
    String quote = String.join("\n", lines);
    var place =
        new Finding(
            "Quay",
            new Evidence("quay.md", 1, lines.length, quote),
            0.8,
            0.8,
            0,
            0.8,
            ASKED.words(),
            lines[0],
            1);
    return Statements.choose(
            List.of(place),
            List.of(Source.of("quay.md", List.of(lines))),
            Coverage.even(ASKED),
            Optional.empty(),
            3)
        .stream()
        .map(Statement::text)
        .toList();
  }
}
