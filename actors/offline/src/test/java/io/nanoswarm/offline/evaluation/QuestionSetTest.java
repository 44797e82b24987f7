package io.nanoswarm.offline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.evaluation.ExpertQuestion.Half;
import io.nanoswarm.offline.evaluation.ExpertQuestion.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionSetTest {
  @Test
  void every_corpus_is_asked_fifteen_questions_that_it_answers() throws IOException {
    for (Corpus corpus : Corpus.values()) {
      assertThat(ExpertQuestion.about(corpus))
          .filteredOn(each -> each.kind() != Kind.UNANSWERABLE)
          .hasSizeGreaterThanOrEqualTo(15)
          .allSatisfy(each -> assertThat(each.files()).hasSizeBetween(1, 4));
    }
  }

  @Test
  void questions_of_several_files_have_several() throws IOException {
    assertThat(all())
        .filteredOn(each -> each.kind() == Kind.MULTI_FILE)
        .allSatisfy(each -> assertThat(each.files()).hasSizeGreaterThan(1));
  }

  @Test
  void half_of_each_kind_is_held_back() throws IOException {
    List<ExpertQuestion> all = all();

    for (Kind kind : Kind.values()) {
      List<ExpertQuestion> same = all.stream().filter(each -> each.kind() == kind).toList();
      assertThat(same).filteredOn(each -> each.half() == Half.HELD).hasSize(same.size() / 2);
    }
  }

  @Test
  void no_question_is_asked_twice() throws IOException {
    assertThat(all()).extracting(ExpertQuestion::id).doesNotHaveDuplicates();
    assertThat(all()).extracting(ExpertQuestion::text).doesNotHaveDuplicates();
  }

  private static List<ExpertQuestion> all() throws IOException {
    var all = new ArrayList<ExpertQuestion>();
    for (Corpus corpus : Corpus.values()) {
      all.addAll(ExpertQuestion.about(corpus));
    }
    return all;
  }
}
