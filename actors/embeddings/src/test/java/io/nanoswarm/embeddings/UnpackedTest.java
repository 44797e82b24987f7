package io.nanoswarm.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTest {
  private static final String RESOURCE = "all-minilm-l6-v2-q-tokenizer.json";

  @TempDir Path root;

  @Test
  void a_file_that_was_cut_off_is_unpacked_anew() throws IOException {
    Path file = new Unpacked(root).file(RESOURCE);
    long whole = Files.size(file);
    Files.writeString(file, "cut");

    assertThat(new Unpacked(root).file(RESOURCE)).hasSize(whole);
  }

  @Test
  void what_a_killed_process_left_goes_and_what_another_is_making_stays() throws IOException {
    Path left = Files.writeString(root.resolve("making-left"), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path making = Files.writeString(root.resolve("making-now"), "half");

    new Unpacked(root).file(RESOURCE);

    assertThat(left).doesNotExist();
    assertThat(making).exists();
  }

  @Test
  void a_resource_that_is_not_there_is_named() {
    assertThatThrownBy(() -> new Unpacked(root).file("no/such.bin"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no/such.bin");
  }
}
