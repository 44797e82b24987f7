package io.nanoswarm.offline.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestNamesTest {
  @ParameterizedTest
  @CsvSource({
    "src/main/java/Till.java, src/test/java/TillTest.java",
    "src/main/java/Till.java, src/test/java/TillIT.java",
    "shop/till.py, tests/test_till.py",
    "shop/till.go, shop/till_test.go",
    "src/till.ts, src/till.test.ts",
    "src/till.ts, src/till.spec.ts",
    "lib/till.rb, spec/till_spec.rb",
    "src/main/scala/Till.scala, src/test/scala/TillSpec.scala",
    "till/Till.scala, till/TillSpec.scala",
  })
  void a_test_belongs_to_the_file_that_it_is_named_after(String path, String test) {
    assertThat(TestNames.of(path, List.of(path, test, "tests/other_test.go")))
        .containsExactly(test);
  }

  @ParameterizedTest
  @CsvSource({
    "src/Till.java, test/UntilTest.java",
    "src/Till.java, test/till_test.py",
    "test/TillTest.java, test/TillTestTest.java",
    "src/Till.java, test/Till.java",
    "src/Till.java, src/TillSpec.java",
  })
  void and_to_no_other(String path, String test) {
    assertThat(TestNames.of(path, List.of(path, test))).isEmpty();
  }
}
