package io.nanoswarm.offline.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.workspace.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final String GOAL = "Which ship sank at the quay?";
  private static final String SUGGESTED = "`swarm add-ons --add embeddings`";

  @Test
  void who_finds_nothing_by_words_alone_hears_of_the_model() {
    assertThat(answer(0, 0.1)).contains("Not found in this folder", SUGGESTED);
  }

  @Test
  void who_finds_little_by_words_alone_hears_of_the_model() {
    assertThat(answer(0, 0.4)).contains("_Confidence: low.", SUGGESTED);
  }

  @Test
  void who_has_the_model_or_finds_enough_does_not_hear_of_it() {
    assertThat(answer(0.9, 0.1)).contains("Not found in this folder").doesNotContain(SUGGESTED);
    assertThat(answer(0.9, 0.4)).contains("_Confidence: low.").doesNotContain(SUGGESTED);
    assertThat(answer(0, 0.8)).contains("_Confidence: high.").doesNotContain(SUGGESTED);
  }

  /** Of one place that speaks of so much of what was asked. */
  private static String answer(double nearness, double share) {
    String line = "The ship Anna lies at the quay.";
    var finding =
        new Finding(
            "Quay",
            new Evidence("quay.md", 1, 1, line),
            share,
            share,
            nearness,
            share,
            List.of("ship", "quay"),
            line,
            1);
    return Answer.draft(
            new Answer.Inputs(
                GOAL,
                Coverage.even(Question.of(GOAL)),
                List.of(finding),
                List.of(Source.of("quay.md", List.of(line))),
                List.of(),
                List.of(),
                List.of(),
                Answer.Reach.ALL,
                new Manifest(
                    List.of(new Manifest.File("quay.md", line.length(), "0")),
                    List.of(),
                    List.of(),
                    List.of()),
                Surroundings.NONE),
            Answer.Depth.BRIEF)
        .content();
  }
}
