package io.nanoswarm.blackboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @ParameterizedTest
  @CsvSource({
    "src/A.java, 12, src/A.java:12",
    "guide.pdf, 12003, guide.pdf:p12:3",
    "docs/Guide.PDF, 1001, docs/Guide.PDF:p1:1",
    "a:b.txt, 7, a:b.txt:7",
    "guide.pdf.txt, 12003, guide.pdf.txt:12003"
  })
  void text_and_parse_are_each_others_inverse(String path, int line, String text) {
    var place = new Place(path, line);

    assertThat(place.text()).isEqualTo(text);
    assertThat(Place.parse(text)).contains(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "src/A.java", "src/A.java:", ":12", "A.java:0", "a.txt:p1:2x"})
  void what_is_no_place_is_none(String text) {
    assertThat(Place.parse(text)).isEmpty();
  }

  @Test
  void the_page_of_a_pdf_follows_from_the_line() {
    assertThat(new Place("guide.pdf", 12003).page()).hasValue(12);
    assertThat(new Place("guide.txt", 12003).page()).isEmpty();
  }
}
