package io.nanoswarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That docs/security.md names tests, and only such as there are. */
class SecurityPageTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
  private static final List<String> MODULES =
      List.of(
          "cluster-config",
          "persistence",
          "actors",
          "actors/offline",
          "actors/embeddings",
          "actors/skills",
          "actors/testkit",
          "runtime");

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/security.md"));
  }

  @Test
  void every_test_that_is_named_exists() throws IOException {
    var named = TEST.matcher(page()).results().toList();
    assertThat(named).isNotEmpty();
    for (var test : named) {
      assertThat(source(test.group(1)))
          .as(test.group())
          .containsPattern("(void |ArchRule )%s\\b".formatted(test.group(2)));
    }
  }

  private static String source(String test) throws IOException {
    for (var module : MODULES) {
      try (var files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
        var file =
            files.filter(each -> each.getFileName().toString().equals(test + ".java")).findFirst();
        if (file.isPresent()) {
          return Files.readString(file.get());
        }
      }
    }
    throw new AssertionError("there is no " + test);
  }

  @Test
  void every_line_of_its_tables_names_a_test_or_says_that_there_is_none() throws IOException {
    var lines = page().lines().filter(line -> line.startsWith("| ")).toList();
    assertThat(lines).hasSizeGreaterThan(20);
    for (var line : lines) {
      boolean heading = line.endsWith("| test |");
      assertThat(heading || line.contains("| not tested") || TEST.matcher(line).find())
          .as(line)
          .isTrue();
    }
  }
}
