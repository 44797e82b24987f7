package io.nanoswarm.offline.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.text.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
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
  void what_is_cut_in_one_piece_of_a_beginning_stands_whole_in_another() {
    var source =
        Source.of(
            "guide/TideTable.md",
            IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "Sentence number %d tells of the tide.".formatted(i))
                .toList());

    List<String> pieces = FileSummary.pieces(source);

    assertThat(pieces).hasSizeGreaterThan(2).allMatch(each -> each.startsWith("Tide Table. "));
    for (int i = 1; i <= 20; i++) {
      String sentence = "Sentence number %d tells of the tide.".formatted(i);
      assertThat(pieces).anyMatch(each -> each.contains(sentence));
    }
    assertThat(pieces).noneMatch(each -> each.contains("number 40"));
  }

  @Test
  void no_piece_lies_wholly_in_the_one_before() {
    for (int length : List.of(1, 225, 226, 300, 301, 525, 526)) {
      List<String> pieces = FileSummary.pieces(Source.of("a.md", List.of("w".repeat(length))));

      for (int i = 1; i < pieces.size(); i++) {
        assertThat(pieces.get(i).length()).isGreaterThan("a. ".length() + 75);
      }
    }
  }

  @Test
  void first_words_are_few() {
    var source = Source.of("a.md", Collections.nCopies(100, "Words and more words."));

    assertThat(FileSummary.firstWords(source)).startsWith("a. Words").hasSizeLessThan(250);
  }

  @Test
  void even_an_empty_file_has_its_name() {
    var source = Source.of("a/todo-list.txt", List.of());

    assertThat(FileSummary.of(source)).startsWith("a todo list.");
    assertThat(FileSummary.firstWords(source)).isEqualTo("todo list.");
    assertThat(FileSummary.pieces(source)).containsExactly("todo list.");
  }
}
