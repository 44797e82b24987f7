package io.nanoswarm.offline.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.workspace.Manifest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {
  @Test
  void there_is_one_part_for_every_sixty_files_up_to_twelve() {
    assertThat(IntStream.of(1, 60, 61, 180, 719, 721, 15_000).map(Parts::count))
        .containsExactly(1, 1, 2, 3, 12, 12, 12);
  }

  @Test
  void parts_are_neighbours_and_together_they_are_the_whole() {
    List<Manifest.File> files = files(IntStream.range(0, 100).map(i -> 1 + i * 37 % 91).toArray());

    for (int parts = 1; parts <= 12; parts++) {
      List<List<Manifest.File>> cut = Parts.cut(files, parts);
      assertThat(cut).hasSize(parts).noneMatch(List::isEmpty);
      assertThat(cut.stream().flatMap(List::stream)).containsExactlyElementsOf(files);
    }
  }

  @Test
  void parts_are_balanced_by_bytes() {
    List<List<Manifest.File>> cut = Parts.cut(files(10, 10, 10, 10, 40, 10, 10, 10, 10), 3);

    assertThat(cut).extracting(List::size).containsExactly(4, 1, 4);
  }

  @Test
  void one_huge_file_leaves_no_part_empty() {
    assertThat(Parts.cut(files(1000, 1, 1, 1), 4)).extracting(List::size).containsOnly(1);
    assertThat(Parts.cut(files(1, 1, 1, 1000), 4)).extracting(List::size).containsOnly(1);
    assertThat(Parts.cut(files(5, 5), 4)).hasSize(2);
  }

  @Test
  void a_part_is_called_by_its_folders() {
    List<Manifest.File> files =
        List.of(
            file("ReadMe.md", 1), file("a/x", 1), file("a/y", 1), file("b/x", 1), file("c/x", 1));

    assertThat(Parts.folders(files)).isEqualTo("ReadMe.md, a/, b/ and 1 more");
  }

  private static List<Manifest.File> files(int... sizes) {
    return IntStream.range(0, sizes.length)
        .mapToObj(i -> file("file%03d".formatted(i), sizes[i]))
        .toList();
  }

  private static Manifest.File file(String path, long size) {
    return new Manifest.File(path, size, Sha256.of(path));
  }
}
