package io.nanoswarm.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or read-only, under a node in a process of its own. */
@Timeout(180)
class FullDiskTest {
  private static final int MEGABYTES = 64;
  private static final int ENVIRONMENT = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void a_read_only_disk_is_named_with_a_way_out() throws Exception {
    try (var disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
      Path data = disk.folder().resolve("data");
      assertThat(serving(data).stop()).isTrue();
      disk.readOnly();

      assertRefused(data, data + " cannot be written: Read-only file system", "write access");
    }
  }

  @Test
  void a_node_that_finds_no_room_says_so_and_starts_when_there_is_some() throws Exception {
    try (var disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
      Path data = disk.folder().resolve("data");
      Path filler = disk.fill();

      assertRefused(data, "no space is left for " + data, "Free some space");

      Files.delete(filler);
      assertThat(serving(data).stop()).isTrue();
    }
  }

  private void assertRefused(Path data, String message, String hint) throws Exception {
    var node = NodeProcess.start(program(data));
    assertThat(node.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isFalse();
    assertThat(node.exitCode()).isEqualTo(ENVIRONMENT);
    assertThat(log()).content().contains(message, hint).doesNotContain("\tat ");
  }

  private NodeProcess serving(Path data) throws Exception {
    var node = NodeProcess.start(program(data));
    assertThat(node.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as(Files.readString(log()))
        .isTrue();
    return node;
  }

  private NodeProcess.Program program(Path data) {
    return NodeProcess.Program.ofThisJvm("io.nanoswarm.SwarmMain", data, log());
  }

  private Path log() {
    return folder.resolve("node.log");
  }
}
