package io.nanoswarm.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCopiesTest {
  private static final int SIZE = 100;
  private static final long MOST = 800;

  @TempDir private Path folder;
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private int made;

  @Test
  void those_that_were_used_longest_ago_go_when_all_take_more_than_they_may() throws IOException {
    var copies = copies();
    var first = put(copies);
    var all = new ArrayList<ArtifactRef>();
    for (int i = 0; i < 20; i++) {
      all.add(put(copies));
      assertThat(copies.find(first)).as("it is used all the time").isPresent();
    }

    assertThat(bytes()).isBetween(MOST / 2, MOST + MOST / 8 + SIZE);
    assertThat(copies.find(all.getLast())).isPresent();
    assertThat(copies.find(all.getFirst())).isEmpty();
    List<Boolean> there = new ArrayList<>();
    for (ArtifactRef each : all) {
      there.add(copies.find(each).isPresent());
    }
    assertThat(there).as("the older ones go first").isSorted();
  }

  @Test
  void what_others_have_left_is_bounded_by_the_first_that_is_put() throws IOException {
    var large = new ArtifactCopies(folder, 100 * MOST, () -> now);
    for (int i = 0; i < 20; i++) {
      put(large);
    }

    put(copies());

    assertThat(bytes()).isLessThanOrEqualTo(MOST);
  }

  @Test
  void what_is_larger_than_all_may_be_is_there_until_the_next_is_put() throws IOException {
    var copies = copies();
    put(copies);
    var large = copies.put(new byte[(int) (2 * MOST)]);
    assertThat(copies.find(large)).isPresent();

    now = now.plusSeconds(1);
    put(copies);
    put(copies);

    assertThat(copies.find(large)).isEmpty();
    assertThat(bytes()).isLessThanOrEqualTo(MOST);
  }

  @Test
  void many_at_once_make_room_and_none_fails() throws Exception {
    List<Callable<Void>> workers = new ArrayList<>();
    for (int worker = 0; worker < 8; worker++) {
      int number = worker;
      workers.add(() -> {
        var copies = new ArtifactCopies(folder, MOST, () -> now); // as in a JVM of its own
        for (int i = 0; i < 50; i++) {
          copies.put("%d %d %90d".formatted(number, i, 0).getBytes(StandardCharsets.US_ASCII));
        }
        return null;
      });
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(workers)) {
        done.get();
      }
    }

    put(copies());
    assertThat(bytes()).isLessThanOrEqualTo(MOST);
  }

  @Test
  void what_is_being_written_is_left_alone() throws IOException {
    var part = Files.createDirectories(folder.resolve("ab")).resolve("1.part");
    Files.write(part, new byte[(int) (2 * MOST)]);

    put(copies());

    assertThat(part).exists();
  }

  @Test
  void a_copy_that_is_damaged_is_not_handed_out() throws IOException {
    var copies = copies();
    var ref = put(copies);
    Files.write(
        folder.resolve(ref.sha256().substring(0, 2)).resolve(ref.sha256().substring(2)),
        new byte[3]);

    assertThatThrownBy(() -> copies.find(ref)).hasMessageContaining("do not match");
  }

  private ArtifactCopies copies() {
    return new ArtifactCopies(folder, MOST, () -> now);
  }

  private ArtifactRef put(ArtifactCopies copies) throws IOException {
    now = now.plusSeconds(1);
    var content = new byte[SIZE];
    content[0] = (byte) made++;
    var ref = copies.put(content);
    // As old as the test says.
    copies.find(ref);
    return ref;
  }

  private long bytes() throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
