package io.nanoswarm.offline.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCacheTest {
  private static final long UNBOUNDED = Long.MAX_VALUE;

  @TempDir Path root;
  @TempDir Path cache;

  @Test
  void the_least_recently_used_go_when_all_together_exceed_the_limit() throws Exception {
    Path first = made("first", UNBOUNDED);
    Path second = made("second", UNBOUNDED);
    for (Path index : indexes()) {
      Files.setLastModifiedTime(index, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }
    open("first", UNBOUNDED).close();

    Path third = made("third", bytes(first) + bytes(second) + bytes(second) / 2);

    assertThat(indexes()).containsExactlyInAnyOrder(first, third);
  }

  @Test
  void an_index_that_is_being_read_stays_whatever_the_limit() throws Exception {
    try (var reader = open("first", UNBOUNDED)) {
      open("second", 0).close();
      open("third", 0).close();

      assertThat(indexes()).hasSize(2);
      assertThat(reader.numDocs()).isPositive();
      assertThat(reader.isCurrent()).isTrue();
    }
    open("fourth", 0).close();
    assertThat(indexes()).hasSize(1);
  }

  @Test
  void what_a_killed_reader_left_keeps_nothing() throws Exception {
    Path index = made("first", UNBOUNDED);
    Files.createFile(index.resolve("in-use-of-a-killed-reader"));
    Files.createDirectories(index.resolveSibling("removing-of-a-killed-remover"));

    open("second", 0).close();

    assertThat(indexes()).hasSize(1).doesNotContain(index);
  }

  private Path made(String name, long maxBytes) throws Exception {
    List<Path> before = Files.exists(cache.resolve("full-text")) ? indexes() : List.of();
    open(name, maxBytes).close();
    return indexes().stream().filter(index -> !before.contains(index)).findFirst().orElseThrow();
  }

  private DirectoryReader open(String name, long maxBytes) throws Exception {
    Path folder = Files.createDirectories(root.resolve(name));
    Files.writeString(
        folder.resolve(name + ".md"), "# " + name + "\n\nThe words of " + name + ".\n");
    List<Manifest.File> files = new WorkspaceScan(Set.of(cache)).scan(folder).files();
    return new IndexCache(cache, new IndexCacheSettings(maxBytes))
        .open(folder, files, _ -> {})
        .reader();
  }

  private List<Path> indexes() throws IOException {
    try (var folders = Files.list(cache.resolve("full-text"))) {
      return folders.sorted().toList();
    }
  }

  private static long bytes(Path index) throws IOException {
    try (var files = Files.list(index)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
