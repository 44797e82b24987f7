package io.nanoswarm.offline.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureTest {
  @TempDir Path root;

  @Test
  void the_whole_is_counted_by_language_and_tests_apart() throws Exception {
    write("src/Till.java", "class Till {\n}\n");
    write("src/TillTest.java", "class TillTest {}\n");
    write("README.md", "# Shop\n\ntext\n");
    write("data.unknown", "1\n2\n");

    Figures figures = measure();

    assertThat(figures.whole()).isEqualTo(new Figures.Whole(4, 8, 1, 1, 2));
    assertThat(figures.languages())
        .containsExactly(
            new Figures.Language("Java", 2, 3),
            new Figures.Language("Markdown", 1, 3),
            new Figures.Language("other", 1, 2));
    assertThat(figures.largest()).containsExactly(new Figures.Size("src/Till.java", 2));
    assertThat(figures.history().remark()).isEqualTo("The folder is in no git repository");
  }

  @Test
  void of_a_found_file_its_tests_and_markers_are_told() throws Exception {
    write("src/Till.java", "class Till {\n  // TODO: count\n  String todo = \"TODO\";\n}\n");
    write("test/TillTest.java", "class TillTest {}\n");
    write("test/UntilTest.java", "class UntilTest {}\n");
    write("src/Other.java", "/* FIXME */ class Other {} // TODO(ada) later\n");

    Figures figures = measure("src/Till.java");

    Figures.FoundFile till = figures.found().getFirst();
    assertThat(till.lines()).isEqualTo(4);
    assertThat(till.tests()).containsExactly("test/TillTest.java");
    assertThat(till.markers()).containsExactly(new Figures.Place("src/Till.java", 2));
    assertThat(figures.markers())
        .containsExactly(
            new Figures.Marker("FIXME", 1, List.of(new Figures.Place("src/Other.java", 1))),
            new Figures.Marker("TODO", 1, List.of(new Figures.Place("src/Till.java", 2))));
  }

  @Test
  void a_stretch_that_stands_in_two_files_is_found_whatever_stands_around_it() throws Exception {
    write("a/A.java", "import x;\n" + lines("a", 20) + lines("same", 80) + lines("b", 10));
    write("b/B.java", lines("c", 5) + lines("same", 80).replace("  same", "\n      same"));
    write("c/C.java", lines("different", 90));

    assertThat(measure().repetitions())
        .containsExactly(
            new Figures.Repetition(
                80, new Figures.Place("a/A.java", 22), new Figures.Place("b/B.java", 7)));
  }

  @Test
  void a_copy_of_a_whole_file_is_no_repetition_and_short_ones_are_none() throws Exception {
    write("a/A.java", lines("same", 80));
    write("b/A.java", lines("same", 80));
    write("c/C.java", lines("short", 12) + lines("c", 30));
    write("d/D.java", lines("short", 12) + lines("d", 30));

    assertThat(measure().repetitions()).isEmpty();
  }

  @Test
  void a_file_unlike_all_others_is_named() throws Exception {
    for (int i = 0; i < 9; i++) {
      write("s/S%d.py".formatted(i), "x = %d\n".formatted(i).repeat(20));
    }
    write("s/Huge.py", "y = 1\n".repeat(2_000));

    assertThat(measure().outliers())
        .containsExactly(new Figures.Outlier("s/Huge.py", "2,000 lines, 100 times the median"));
  }

  @Test
  void a_file_that_changed_since_it_was_listed_is_left_out_and_named() throws Exception {
    write("a.py", "x = 1\n");
    write("b.py", "x = 2\n");
    List<Manifest.File> files = files();
    Files.delete(root.resolve("a.py"));

    Measure.Result result = Measure.of(root, files, List.of("a.py"), this::read, _ -> {});

    assertThat(result.figures().whole().files()).isEqualTo(1);
    assertThat(result.figures().found()).isEmpty();
    assertThat(result.changed()).containsExactly("a.py was removed since the session was opened");
  }

  private static String lines(String word, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "  %s.call(%d);\n".formatted(word, i))
        .collect(Collectors.joining());
  }

  /** Twice, with the files in another order: figures must be the same but for examples. */
  private Figures measure(String... found) throws Exception {
    List<Manifest.File> files = new ArrayList<>(files());
    Figures figures = Measure.of(root, files, List.of(found), this::read, _ -> {}).figures();
    Collections.shuffle(files, new Random(1));
    assertThat(Measure.of(root, files, List.of(found), this::read, _ -> {}).figures())
        .usingRecursiveComparison()
        .ignoringFields("repetitions")
        .isEqualTo(figures);
    return figures;
  }

  private List<Manifest.File> files() throws Exception {
    return new WorkspaceScan(Set.of()).scan(root).files();
  }

  private List<String> read(String path) {
    try {
      return Files.readAllLines(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
