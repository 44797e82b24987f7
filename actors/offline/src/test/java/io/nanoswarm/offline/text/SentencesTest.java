package io.nanoswarm.offline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {

  @Test
  void bold_that_opens_an_item_is_no_marker_of_a_list() {
    assertThat(sentences("- **No work exactly once.** An attempt may be repeated."))
        .containsExactly("**No work exactly once.** An attempt may be repeated.");
  }

  @Test
  void marks_whose_partner_stands_in_another_sentence_are_left_out() {
    assertThat(sentences("**Decide and store. Then reply.** The `journal. Is` the truth."))
        .containsExactly("Decide and store.", "Then reply. The journal.", "Is the truth.");
  }

  @Test
  void links_are_their_words_also_over_the_end_of_a_line() {
    assertThat(
            sentences(
                "Words stand in the [glossary",
                "of terms](docs/glossary.md), in [short][2].",
                "Next."))
        .containsExactly("Words stand in the glossary of terms, in short.", "Next.");
  }

  @Test
  void a_sentence_after_a_link_over_two_lines_is_on_its_own_line() {
    Source source =
        Source.of(
            "a.md", List.of("See the [long", "words](a/b.md", "\"title\"). First.", "Second."));

    assertThat(source.sentences(1, 4))
        .containsExactly(
            new Sentence("See the long words.", 1),
            new Sentence("First.", 3),
            new Sentence("Second.", 4));
  }

  @Test
  void numbers_and_options_that_begin_a_line_stay() {
    assertThat(sentences("It takes at least", "1.5 seconds, and", "-Xmx64m is enough."))
        .containsExactly("It takes at least 1.5 seconds, and -Xmx64m is enough.");
  }

  @Test
  void a_path_is_no_end_of_a_sentence_and_scripts_without_spaces_have_theirs() {
    assertThat(sentences("JVMs that `../swarm agents` shows. Others too."))
        .containsExactly("JVMs that `../swarm agents` shows.", "Others too.");
    assertThat(sentences("これは文です。次の文です。")).containsExactly("これは文です。", "次の文です。");
  }

  @Test
  void a_row_of_a_table_keeps_the_bars_that_stand_in_its_cells() {
    assertThat(sentences("| a worker | ends `a \\| b` |", "|---|---|"))
        .containsExactly("a worker \u2014 ends `a | b`");
  }

  @Test
  void check_boxes_and_notes_are_no_words() {
    assertThat(sentences("- [x] Test the journal.", "", "> [!NOTE]", "> Mind the", "> gap."))
        .containsExactly("Test the journal.", "Mind the gap.");
  }

  @Test
  void asterisks_in_comments_are_left_as_they_are() {
    Source source =
        Source.of("a.c", List.of("// Moves *p to a * b, as src/**/*.c does with __init__ of _x."));

    assertThat(source.sentences(1, 1))
        .extracting(Sentence::text)
        .containsExactly("Moves *p to a * b, as src/**/*.c does with __init__ of _x.");
  }

  @ParameterizedTest
  @CsvSource({
    "a **bold** word, a **bold** word",
    "a **bold word, a bold word",
    "bold** word, bold word",
    "a `code` word, a `code` word",
    "a ``co`de`` word, a ``co`de`` word",
    "a code` word, a code word",
    "an *emphasised* word, an *emphasised* word",
    "an *emphasised word, an emphasised word",
    "a snake_case_name of 2 * 3, a snake_case_name of 2 * 3",
    "all of src/**/*.java and **, all of src/**/*.java and **",
    "`a ** b` and **c, `a ** b` and c",
    "**first **second** word, first **second** word",
  })
  void just_marks_without_a_partner_go(String text, String expected) {
    assertThat(InlineMarks.paired(text, true)).isEqualTo(expected);
  }

  @Test
  void what_is_cut_leaves_no_mark_open() {
    assertThat(Markdown.shorten("The **bold words that go on for long** end.", 22))
        .isEqualTo("The bold words that \u2026");
  }

  @Test
  void headings_are_called_by_their_words() {
    Source source =
        Source.of("a.md", List.of("## [1.0](b.md) of **the `swarm`** ##", "", "It began here."));

    assertThat(source.passages()).extracting(Passage::name).containsExactly("1.0 of the `swarm`");
  }

  private static List<String> sentences(String... lines) {
    return Source.of("a.md", List.of(lines)).sentences(1, lines.length).stream()
        .map(Sentence::text)
        .toList();
  }
}
