package io.nanoswarm.offline.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClausesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I wiped out half of it. Can I go back?|I wiped out half of it/Can I go back",
        "Can I go back, and forward again if I must?|Can I go back/and forward again if I must",
        "It says \"no more room.\" Then what is done?|It says \"no more room.\"/Then what is done",
      })
  void a_question_is_cut_where_it_is_punctuated_and_at_and(String question, String clauses) {
    assertThat(String.join("/", Clauses.of(question))).isEqualTo(clauses);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is the difference between locks and leases",
        "How does it handle deadlocks, and retries",
        "Please, where is the lock released, and why",
        "I have a question. What's MVCC",
        "Locks, leases",
        "",
      })
  void nothing_that_is_asked_for_is_left_out_for_being_short(String question) {
    assertThat(Clauses.of(question)).containsExactly(question);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Why does h2.Db::open at 12:30 take 1,000 ms",
        "How does e.g. the lock manager work here",
        "Is it slower than PostgreSQL vs. Derby is said to be",
        "How are history expansions such as !! done by it",
        "What changed in v1.2 of a.b when it was split",
      })
  void names_numbers_and_abbreviations_are_not_cut(String question) {
    assertThat(Clauses.of(question)).containsExactly(question);
  }

  @Test
  void of_a_pasted_log_the_last_clauses_are_read() {
    List<String> clauses = Clauses.of("the task has failed. ".repeat(100) + "Why was it lost?");

    assertThat(clauses).hasSize(Clauses.MOST).endsWith("Why was it lost");
  }
}
