package io.nanoswarm.offline.critique;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.research.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisagreementsTest {
  @Test
  void the_same_sentence_with_another_figure_in_another_file_is_told() {
    var code = finding("a.md", "The lease of a task lasts 15 seconds by default.", 0.9);
    var docs = finding("b.md", "By default the lease of a task lasts 20 seconds.", 0.8);

    assertThat(Disagreements.among(List.of(docs, code)))
        .containsExactly(
            new Disagreements.Pair(
                new Disagreements.Said(
                    "The lease of a task lasts 15 seconds by default.", "a.md:7"),
                new Disagreements.Said(
                    "By default the lease of a task lasts 20 seconds.", "b.md:7")))
        .isEqualTo(Disagreements.among(List.of(code, docs)));
  }

  @Test
  void a_sentence_and_its_opposite_are_told() {
    var one = finding("a.md", "Orders of the courier are insured against loss at sea.", 0.9);
    var other = finding("b.md", "Orders of the courier are not insured against loss at sea.", 0.8);

    assertThat(Disagreements.among(List.of(one, other))).hasSize(1);
  }

  @Test
  void what_agrees_or_speaks_of_something_else_is_not_told() {
    var one = finding("a.md", "The lease of a task lasts 15 seconds by default.", 0.9);
    var same = finding("b.md", "By default the lease of a task lasts 15 seconds.", 0.8);
    var another = finding("c.md", "Mirrors of the blackboard resume after 10 seconds.", 0.7);
    var sameFile = finding("a.md", "The lease of a task lasts 30 seconds by default.", 0.6);

    assertThat(Disagreements.among(List.of(one, same, another))).isEmpty();
    assertThat(Disagreements.among(List.of(one, sameFile))).isEmpty();
  }

  private static Finding finding(String path, String sentence, double score) {
    return new Finding(
        path,
        new Evidence(path, 7, 7, sentence),
        score,
        score,
        0,
        1,
        List.of("lease"),
        sentence,
        7);
  }
}
