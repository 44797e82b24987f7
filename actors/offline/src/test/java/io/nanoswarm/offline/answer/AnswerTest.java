package io.nanoswarm.offline.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.workspace.Manifest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final String GOAL = "Which ship sank at the quay?";
  private static final String LINE = "The ship Anna lies at the quay.";
  private static final String SUGGESTED = "`swarm add-ons --add embeddings`";

  @Test
  void who_finds_nothing_by_words_alone_hears_of_the_model() {
    assertThat(answer(true, places(0.1))).contains("Not found in this folder", SUGGESTED);
  }

  @Test
  void who_finds_little_by_words_alone_hears_of_the_model() {
    assertThat(answer(true, places(0.4))).contains("_Confidence: low.", SUGGESTED);
  }

  @Test
  void who_has_the_model_does_not_hear_of_it() {
    assertThat(answer(false, places(0.1)))
        .contains("Not found in this folder")
        .doesNotContain(SUGGESTED);
    assertThat(answer(false, places(0.4))).contains("_Confidence: low.").doesNotContain(SUGGESTED);
  }

  @Test
  void who_finds_enough_or_nothing_that_a_model_could_choose_from_does_not_hear_of_it() {
    assertThat(answer(true, places(0.8))).contains("_Confidence: high.").doesNotContain(SUGGESTED);
    assertThat(answer(true, List.of()))
        .contains("Not found in this folder")
        .doesNotContain(SUGGESTED);
  }

  /** One that speaks of so much of what was asked. */
  private static List<Finding> places(double share) {
    return List.of(
        new Finding(
            "Quay",
            new Evidence("quay.md", 1, 1, LINE),
            share,
            share,
            0,
            share,
            List.of("ship", "quay"),
            LINE,
            1));
  }

  private static String answer(boolean byWordsAlone, List<Finding> findings) {
    return Answer.draft(
            new Answer.Inputs(
                GOAL,
                Coverage.even(Question.of(GOAL)),
                findings,
                findings.stream().map(_ -> Source.of("quay.md", List.of(LINE))).toList(),
                List.of(),
                List.of(),
                List.of(),
                Answer.Reach.ALL,
                new Manifest(
                    List.of(new Manifest.File("quay.md", LINE.length(), "0")),
                    List.of(),
                    List.of(),
                    List.of()),
                Surroundings.NONE,
                Optional.empty(),
                byWordsAlone),
            Answer.Depth.BRIEF)
        .content();
  }
}
