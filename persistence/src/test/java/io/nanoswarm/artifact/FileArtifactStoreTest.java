package io.nanoswarm.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactStoreTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final String HASH =
      "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

  @TempDir private Path folder;
  private FileArtifactStore store;

  @BeforeEach
  void open() {
    store = new FileArtifactStore(folder.resolve("artifacts"));
  }

  @Test
  void get_returns_what_was_put() throws IOException {
    var ref = store.put(CONTENT);

    assertThat(ref).isEqualTo(new ArtifactRef(HASH, CONTENT.length));
    assertThat(store.get(ref)).isEqualTo(CONTENT);
    assertThat(place()).hasBinaryContent(CONTENT);
  }

  @Test
  void putting_twice_is_putting_once() throws IOException {
    assertThat(store.put(CONTENT)).isEqualTo(store.put(CONTENT));

    try (var files = Files.list(place().getParent())) {
      assertThat(files).containsExactly(place());
    }
  }

  @Test
  void get_throws_rather_than_return_other_bytes() throws IOException {
    var ref = store.put(CONTENT);

    Files.writeString(place(), "CONTENT");

    assertThatThrownBy(() -> store.get(ref)).isInstanceOf(IOException.class);
  }

  @Test
  void putting_again_mends_a_damaged_file() throws IOException {
    var ref = store.put(CONTENT);
    Files.writeString(place(), "CONTENT");

    store.put(CONTENT);

    assertThat(store.get(ref)).isEqualTo(CONTENT);
  }

  @Test
  void get_throws_for_what_was_never_put() {
    assertThatThrownBy(() -> store.get(new ArtifactRef(HASH, 7))).isInstanceOf(IOException.class);
  }

  @Test
  void many_threads_may_put_the_same_at_once() throws IOException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var puts =
          IntStream.range(0, 32)
              .mapToObj(_ -> CompletableFuture.supplyAsync(this::put, threads))
              .toList();
      assertThat(puts).extracting(CompletableFuture::join).containsOnly(store.put(CONTENT));
    }

    try (var files = Files.list(place().getParent())) {
      assertThat(files).containsExactly(place());
    }
  }

  private ArtifactRef put() {
    try {
      return store.put(CONTENT);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path place() {
    return folder.resolve("artifacts").resolve(HASH.substring(0, 2)).resolve(HASH.substring(2));
  }
}
