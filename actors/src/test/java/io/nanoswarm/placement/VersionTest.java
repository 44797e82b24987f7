package io.nanoswarm.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
  @ParameterizedTest
  @CsvSource({
    "3.11.4, 3.9",
    "2.10, 2.9.9",
    "1.0.0, 1.0-rc1",
    "1.0-rc2, 1.0-rc1",
    "1.0-rc1, 1.0-beta3",
    "3.13.0, 3.13.0a7",
    "1.1.1w, 1.1.1",
    "9.6p1, 9.6",
    "2.34.1-1ubuntu1, 2.34.1",
    "26-ea, 25",
    "25, 25-ea",
    "20240101, 2023",
    "1.2.1, 1.2",
  })
  void what_came_later_is_greater(String later, String earlier) {
    assertThat(new Version(later).atLeast(new Version(earlier))).isTrue();
    assertThat(new Version(earlier).atLeast(new Version(later))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1.2, 1.2.0", "v2, 2", "1.02, 1.2", "1.2+build7, 1.2+build9", "21.0.1, 21.0.1"})
  void the_same_in_other_words_is_equal(String one, String other) {
    assertThat(new Version(one).atLeast(new Version(other))).isTrue();
    assertThat(new Version(other).atLeast(new Version(one))).isTrue();
  }
}
