package io.nanoswarm.offline.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorCacheTest {
  private static final int MOST = 4;

  @TempDir Path root;
  private Path folder;
  private VectorCache cache;

  @BeforeEach
  void open() {
    folder = root.resolve("vectors");
    cache = another();
  }

  @Test
  void a_vector_that_was_kept_is_found_by_whoever_looks_for_it() {
    assertThat(cache.find("a", 3)).isEmpty();

    cache.keep("a", new float[] {1, -0.5f, 0});

    assertThat(another().find("a", 3).orElseThrow()).containsExactly(1, -0.5f, 0);
  }

  @Test
  void one_of_another_length_or_cut_off_counts_as_none() throws IOException {
    cache.keep("a", new float[] {1, 2, 3});
    assertThat(cache.find("a", 4)).isEmpty();

    Files.write(folder.resolve("a"), new byte[5]);
    assertThat(cache.find("a", 3)).isEmpty();
  }

  @Test
  void those_written_first_are_removed_and_what_was_left_half_made() throws IOException {
    Files.createDirectories(folder);
    write("making-of-one-that-was-killed", 0);
    for (int i = 1; i <= MOST; i++) {
      write("k" + i, i);
    }

    another().keep("last", new float[] {1});

    try (var files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("k" + MOST, "last");
    }
  }

  private void write(String name, int second) throws IOException {
    Path file = Files.write(folder.resolve(name), new byte[Float.BYTES]);
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(second)));
  }

  @Test
  void where_nothing_can_be_written_it_costs_the_cache_alone() throws IOException {
    Files.writeString(folder, "no folder");

    cache.keep("a", new float[] {1});

    assertThat(cache.find("a", 1)).isEmpty();
  }

  private VectorCache another() {
    return new VectorCache(folder, MOST);
  }
}
