package io.nanoswarm.offline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void a_comment_right_after_the_licence_is_no_part_of_it() {
    Source source =
        Source.of(
            "shop/package-info.java",
            List.of(
                "/*",
                " * Copyright of somebody, under the Lesser Licence.",
                " */",
                "/**",
                " * The counter where customers pay.",
                " */",
                "package shop;"));

    assertThat(source.sentences(1, 7))
        .extracting(Sentence::text)
        .containsExactly("The counter where customers pay.");
  }

  @Test
  void a_block_of_code_in_asciidoc_ends_where_its_dashes_come_again_and_names_nothing() {
    Source source =
        Source.of(
            "seda.adoc",
            List.of(
                "== Samples",
                "",
                "[source,java]",
                "---------",
                "from(\"direct:start\").to(\"seda:next\");",
                "---------",
                "",
                "TIP: The <<seda-component,SEDA>> route runs in a thread of its own."));

    assertThat(source.passages()).extracting(Passage::name).containsOnly("Samples");
    assertThat(source.sentences(1, 8))
        .extracting(Sentence::text)
        .containsExactly("The SEDA route runs in a thread of its own.");
  }
}
