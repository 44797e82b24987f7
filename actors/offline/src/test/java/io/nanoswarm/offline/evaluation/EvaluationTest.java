package io.nanoswarm.offline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.evaluation.ExpertQuestion.Half;
import io.nanoswarm.offline.evaluation.ExpertQuestion.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A floor below the figures of docs/answers.md: raise it when they have risen. The table is written
 * to target/evaluation.md, with what was missed of the half that {@code -Dnanoswarm.misses} names.
 */
@EnabledIfSystemProperty(named = Corpus.FOLDER, matches = ".+")
class EvaluationTest {
  private static final double RECALL_OF_FIRST_10 = 0.41;
  private static final double RECALL_OF_FIRST_1 = 0.16;
  private static final double RECALL_OF_ANSWER = 0.47;
  private static final int NOT_FOUND = 15;

  private static final List<Result> RESULTS = new ArrayList<>();

  @BeforeAll
  static void ask(@TempDir Path cache) throws Exception {
    for (Corpus corpus : Corpus.values()) {
      RESULTS.addAll(Evaluation.of(corpus, ExpertQuestion.about(corpus), cache));
    }
    String misses = System.getProperty("nanoswarm.misses");
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("evaluation.md"),
        Table.of(RESULTS)
            + (misses == null
                ? ""
                : "\n" + Misses.of(RESULTS, Half.valueOf(misses.toUpperCase(Locale.ROOT)))));
  }

  @Test
  void every_quotation_stands_in_its_file() {
    assertThat(RESULTS)
        .isNotEmpty()
        .flatExtracting(each -> each.citations().notVerbatim())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Half.class)
  void what_an_expert_would_cite_is_among_what_is_cited_as_often_as_before(Half half) {
    List<Result> answerable =
        RESULTS.stream()
            .filter(each -> each.question().half() == half)
            .filter(each -> each.question().kind() != Kind.UNANSWERABLE)
            .toList();

    assertThat(Table.mean(answerable, each -> each.recall(10)))
        .isGreaterThanOrEqualTo(RECALL_OF_FIRST_10);
    assertThat(Table.mean(answerable, each -> each.recall(1)))
        .isGreaterThanOrEqualTo(RECALL_OF_FIRST_1);
    assertThat(Table.mean(answerable, Result::shown)).isGreaterThanOrEqualTo(RECALL_OF_ANSWER);
  }

  @Test
  void what_nothing_answers_is_said_not_to_be_found_as_often_as_before() {
    assertThat(
            RESULTS.stream()
                .filter(each -> each.question().kind() == Kind.UNANSWERABLE)
                .filter(each -> !each.citations().found())
                .count())
        .isGreaterThanOrEqualTo(NOT_FOUND);
  }
}
