package io.nanoswarm.offline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.evaluation.ExpertQuestion.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The questions in other words than the files', asked of researchers that have the embedding model.
 * About two of the corpora; with {@code -Dnanoswarm.evaluation=all} all questions about all, which
 * takes some minutes. The table is written to target/evaluation.md.
 */
@EnabledIfSystemProperty(named = Corpus.FOLDER, matches = ".+")
class WithEmbeddingsTest {
  private static final boolean ALL = "all".equals(System.getProperty("nanoswarm.evaluation"));

  /** A floor below the figures of docs/answers.md: raise it when they have risen. */
  private static final double LEAST_RECALL_OF_FIRST_10 = ALL ? 0.57 : 0.61;

  private static final double NOT_FOUND = 0.75;

  private static final List<Result> RESULTS = new ArrayList<>();

  @BeforeAll
  static void ask(@TempDir Path cache) throws Exception {
    Set<Kind> kinds =
        ALL ? EnumSet.allOf(Kind.class) : EnumSet.of(Kind.PARAPHRASED, Kind.UNANSWERABLE);
    for (Corpus corpus :
        ALL ? EnumSet.allOf(Corpus.class) : EnumSet.of(Corpus.PEKKO, Corpus.JLINE)) {
      RESULTS.addAll(
          Evaluation.of(
              corpus,
              ExpertQuestion.about(corpus).stream()
                  .filter(each -> kinds.contains(each.kind()))
                  .toList(),
              cache));
    }
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("evaluation.md"), Table.of(RESULTS));
  }

  private static List<Result> of(Kind kind) {
    return RESULTS.stream().filter(each -> each.question().kind() == kind).toList();
  }

  @Test
  void questions_in_other_words_are_answered_about_as_often_as_before() {
    assertThat(Table.mean(of(Kind.PARAPHRASED), each -> each.recall(10)))
        .isGreaterThanOrEqualTo(LEAST_RECALL_OF_FIRST_10);
  }

  @Test
  void every_quotation_stands_in_its_file() {
    assertThat(RESULTS)
        .isNotEmpty()
        .flatExtracting(each -> each.citations().notVerbatim())
        .isEmpty();
  }

  @Test
  void what_is_nearest_in_meaning_is_not_taken_for_an_answer_to_what_nothing_answers() {
    assertThat(Table.mean(of(Kind.UNANSWERABLE), each -> each.citations().found() ? 0 : 1))
        .isGreaterThanOrEqualTo(NOT_FOUND);
  }
}
