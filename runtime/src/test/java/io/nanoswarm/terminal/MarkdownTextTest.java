package io.nanoswarm.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTextTest {
  private static final String MARKDOWN =
      """
      # Two modules

      The modules **orders** and `billing` do, as the [configuration](conf/pool.conf) shows; see \
      <https://example.org> too.

      1. First
      2. Second:
         - inner that is long enough to be wrapped around
         - last

      > Quoted.

      ```java
      var pool = Pool.of(16); // a line that is not wrapped, however long it is
      ```

      | a | b |
      |---|---|
      | 1 | 2 |

      ---
      """;

  private static String render(String markdown, Look look, int width) {
    return MarkdownText.print(MarkdownText.render(markdown, look, width), look);
  }

  @Test
  void markdown_is_laid_out_for_the_terminal() {
    assertThat(render(MARKDOWN, Look.PLAIN, 40))
        .isEqualTo(
            """
            # Two modules

            The modules orders and `billing` do, as
            the configuration (conf/pool.conf)
            shows; see https://example.org too.

            1. First
            2. Second:
               • inner that is long enough to be
                 wrapped around
               • last

            ▌ Quoted.

            │ var pool = Pool.of(16); // a line that is not wrapped, however long it is

            a  b
            ────
            1  2

            ────────────────────────────────────────
            """);
  }

  @Test
  void a_table_is_aligned_and_one_that_is_too_wide_is_told_row_by_row() {
    var table =
        """
        | file | files that use it | why |
        |---|--:|---|
        | `Orders.java` | 12 | it is **old** |
        | `Bill.java` | 3 | |
        """;

    assertThat(render(table, Look.PLAIN, 60))
        .isEqualTo(
            """
            file           files that use it  why
            ───────────────────────────────────────────
            `Orders.java`                 12  it is old
            `Bill.java`                    3
            """);
    assertThat(render(table, Look.PLAIN, 30))
        .isEqualTo(
            """
            `Orders.java`
              files that use it: 12
              why: it is old
            `Bill.java`
              files that use it: 3
            """);
  }

  @Test
  void comments_in_code_stand_back_and_texts_stand_out() {
    assertThat(render("```java\nvar a = \"b\"; // c\n```", new Look(true, true), 40))
        .isEqualTo(
            "\u001b[2m│\u001b[0m var a = \u001b[32m\"b\"\u001b[0m; \u001b[2m// c\u001b[0m\n");
  }

  @Test
  void colours_take_the_place_of_marks() {
    var text = render("# Title\n\n`code`, **bold**", new Look(true, true), 40);

    assertThat(text)
        .isEqualTo(
            "\u001b[36;1mTitle\u001b[0m\n\n\u001b[33mcode\u001b[0m, \u001b[1mbold\u001b[0m\n");
  }

  @Test
  void without_unicode_nothing_but_ascii_comes_out() {
    assertThat(render("- café\n\n> “so”", new Look(false, false), 40))
        .isEqualTo("* caf?\n\n> ?so?\n");
  }

  @Test
  void escape_sequences_in_an_answer_are_defused() {
    assertThat(render("a\u001b[31mb\n\n```\n\u001b]0;title\u0007\n```", Look.PLAIN, 40))
        .doesNotContain("\u001b", "\u0007");
  }
}
