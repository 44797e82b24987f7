package io.nanoswarm.offline.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.text.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileSummaryTest {
  @Test
  void it_has_the_place_the_first_comments_and_the_names_in_words() {
    var source =
        Source.of(
            "src/main/java/shop/HTTPCourier.java",
            """
            package shop;

            /** Carries orders to those who wait. */
            final class HTTPCourier {
              /** Takes an order along. */
              void carryOrder(Order order) {
                bag.add(order);
              }
            }
            """
                .lines()
                .toList());

    assertThat(FileSummary.of(source))
        .startsWith("shop HTTP Courier.")
        .contains("Carries orders to those who wait.", "Takes an order along.", "carry Order")
        .doesNotContain("bag.add");
  }

  @Test
  void of_a_long_file_the_beginning_counts() {
    var lines = new ArrayList<>(List.of("# Long", ""));
    lines.addAll(Collections.nCopies(200, "Words and more words."));
    lines.add("The end of it.");
    var source = Source.of("long.md", lines);

    assertThat(FileSummary.of(source).length()).isLessThan(1000);
    assertThat(FileSummary.of(source)).doesNotContain("The end");
  }

  @Test
  void even_an_empty_file_has_its_name() {
    assertThat(FileSummary.of(Source.of("a/todo-list.txt", List.of()))).startsWith("a todo list.");
  }
}
