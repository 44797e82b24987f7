package io.nanoswarm.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {
  private static final Path SAMPLES = Path.of("src/main/java/io/nanoswarm/samples");

  static Stream<Path> rungs() throws IOException {
    try (var folders = Files.list(SAMPLES)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("s\\d\\d[a-z]+"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rungs")
  void every_rung_has_a_page_of_the_same_headings(Path rung) throws IOException {
    var headings =
        Files.readAllLines(rung.resolve("README.md")).stream()
            .filter(line -> line.startsWith("## "))
            .toList();

    assertThat(headings)
        .isEqualTo(
            List.of(
                "## Agents",
                "## Tasks",
                "## Flow",
                "## Demonstrates",
                "## Run",
                "## Try breaking it"));
  }

  @ParameterizedTest
  @MethodSource("rungs")
  void every_rung_stands_on_the_ladder(Path rung) throws IOException {
    assertThat(Files.readString(Path.of("README.md"))).contains(rung + "/README.md");
  }

  @Test
  void every_sample_is_run_as_its_page_says() throws IOException {
    for (String name : SampleMain.all().keySet()) {
      assertThat(Files.readString(SAMPLES.resolve(name).resolve("README.md")))
          .contains("\nsamples/run " + name);
    }
  }
}
