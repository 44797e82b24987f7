package io.nanoswarm.offline.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClausesTest {
  @Test
  void a_question_is_cut_where_it_is_punctuated_and_at_and() {
    assertThat(
            Clauses.of("I wiped out half of my line. Can I go back, and forward again if I must?"))
        .containsExactly(
            "I wiped out half of my line", "Can I go back", "and forward again if I must");
  }

  @Test
  void what_is_too_short_to_say_something_is_left_out() {
    assertThat(Clauses.of("Please, where is the lock released, and why?"))
        .containsExactly("where is the lock released");
  }

  @Test
  void names_and_numbers_are_not_cut() {
    assertThat(Clauses.of("Why does h2.Db::open at 12:30 take 1,000 ms?"))
        .containsExactly("Why does h2.Db::open at 12:30 take 1,000 ms");
  }

  @Test
  void a_question_without_a_clause_is_one() {
    assertThat(Clauses.of("Locks, leases?")).containsExactly("Locks, leases?");
    assertThat(Clauses.of("")).containsExactly("");
  }
}
