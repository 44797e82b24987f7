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
}
