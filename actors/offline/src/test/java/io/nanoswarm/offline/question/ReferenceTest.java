package io.nanoswarm.offline.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String FIRST = "Where are retries bounded?";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "and where is it tested?",
        "Where is that tested?",
        "What about the tested backoff jitter?",
        "It is tested where, in which suite?"
      })
  void a_question_that_refers_to_the_one_before_has_its_words_at_less_weight(String second) {
    Question question = Question.of(second, List.of(FIRST));

    assertThat(question.words()).contains("tested", "retries", "bounded");
    assertThat(importance(question, "tested")).isEqualTo(1);
    assertThat(importance(question, "retries")).isEqualTo(0.5);
    assertThat(question.kind()).isEqualTo(Question.of(second).kind());
  }

  @Test
  void a_question_with_words_enough_of_its_own_stands_alone() {
    String second = "Which port does the server listen on?";

    assertThat(Question.of(second, List.of(FIRST))).isEqualTo(Question.of(second));
    assertThat(Question.of(FIRST, List.of())).isEqualTo(Question.of(FIRST));
  }

  @Test
  void a_question_without_words_asks_what_was_asked_before() {
    assertThat(Question.of("and why?", List.of(FIRST)).aspects())
        .isEqualTo(Question.of(FIRST).aspects());
  }

  @Test
  void what_is_referred_to_may_refer_further() {
    Question question = Question.of("and who calls it?", List.of(FIRST, "and where is it tested?"));

    assertThat(question.words()).contains("calls", "tested", "retries");
    assertThat(importance(question, "tested")).isEqualTo(0.5);
    assertThat(importance(question, "retries")).isEqualTo(0.25);
  }

  private static double importance(Question question, String word) {
    return question.aspects().stream()
        .filter(aspect -> aspect.word().equals(word))
        .findFirst()
        .orElseThrow()
        .importance();
  }
}
