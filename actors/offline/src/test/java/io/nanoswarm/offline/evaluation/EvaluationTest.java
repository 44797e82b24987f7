package io.nanoswarm.offline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledIfSystemProperty(named = Corpus.FOLDER, matches = ".+")
class EvaluationTest {
  @ParameterizedTest
  @EnumSource(Corpus.class)
  void every_quotation_stands_in_its_file(Corpus corpus, @TempDir Path cache) throws Exception {
    List<Result> results = Evaluation.of(corpus, ExpertQuestion.about(corpus), cache);

    assertThat(results).allSatisfy(each -> assertThat(each.citations().notVerbatim()).isEmpty());
  }
}
