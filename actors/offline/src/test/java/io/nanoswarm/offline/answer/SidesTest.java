package io.nanoswarm.offline.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.question.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class SidesTest {
  private static final String COMPARING = "What is the difference between a lease and a lock?";

  @Test
  void the_words_that_ask_for_a_comparison_are_no_side_of_it() {
    assertThat(Sides.of(Question.of(COMPARING)).words()).containsExactly("lease", "lock");
    assertThat(Sides.of(Question.of("Redis versus Postgres")).words())
        .containsExactly("Redis", "Postgres");
    assertThat(Sides.of(Question.of("Where is a lease renewed under a lock?")).words()).isEmpty();
  }

  @Test
  void the_side_of_which_least_was_told_comes_next_best_first() {
    var sides = Sides.of(Question.of(COMPARING));

    assertThat(
            sides.inTurn(
                List.of("lease 1", "lease 2", "lease 3", "lock 1", "lease and lock", "neither"),
                text -> List.of(text.split(" "))))
        .containsExactly("lease 1", "lock 1", "lease 2", "lease and lock", "lease 3", "neither");
  }

  @Test
  void what_compares_nothing_stays_in_its_order() {
    var sides = Sides.of(Question.of("How is a lease renewed?"));

    assertThat(sides.inTurn(List.of("b", "a"), List::of)).containsExactly("b", "a");
  }
}
