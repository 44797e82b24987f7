package io.nanoswarm.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nanoswarm.api.Progress;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.Refused;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.node.LocalNodes;
import io.nanoswarm.node.SwarmSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or read-only, under a node in a process of its own. */
@Timeout(180)
class FullDiskTest {
  private static final int MEGABYTES = 160;
  private static final int ENVIRONMENT = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Watch watch = new Watch(InstantSource.system());

  @Test
  void on_a_full_disk_nothing_is_confirmed_and_with_room_again_all_goes_on() throws Exception {
    try (var disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES)) {
      var files = ChaosFolder.create(folder.resolve("files"));
      Path data = disk.folder().resolve("data");
      var load = new ExerciseLoad(1, 1, files.workspace(), files.acknowledged());
      var node = serving(data);
      try {
        var client = new EndpointClient(nodes().running(data).orElseThrow());
        var connection = new NodeByNode();
        connection.serve(client);
        var once = new AtomicInteger();
        var seat =
            Thread.ofVirtual()
                .start(
                    new Seat(
                        connection,
                        watch,
                        load,
                        new AtomicInteger(),
                        () -> once.incrementAndGet() == 1));
        await("the end of a task", Progress.TaskEnded.class::isInstance);

        Path filler = disk.fill();
        await(
            "the trouble",
            event ->
                event instanceof Progress.Trouble(_, var what)
                    && what.contains("No space left on device"));
        var refused = catchThrowableOfType(Refused.class, () -> client.open(load.request(2)));
        assertThat(refused).hasMessageContaining("No space left on device");
        assertThat(refused.hint()).contains("space");

        Files.delete(filler);
        await("the end of the session", Progress.Concluded.class::isInstance);
        seat.join();
        assertThat(node.stop()).isTrue();
      } finally {
        node.destroy();
        var _ = node.exitCode();
      }
      var facts = new ArrayList<>(watch.acknowledged());
      facts.addAll(load.told());
      var reckoning = new Reckoning(StoredJournal.read(data));

      assertThat(watch.problems()).isEmpty();
      assertThat(reckoning.lost(facts)).isEmpty();
      assertThat(reckoning.contradictions()).isEmpty();
      assertThat(reckoning.unfinished()).isEmpty();
    }
  }

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
    return NodeProcess.Program.ofThisJvm(data, log());
  }

  private Path log() {
    return folder.resolve("node.log");
  }

  private static LocalNodes nodes() {
    return new LocalNodes(
        SwarmSetup.offline(), EndpointServer::start, "test", InstantSource.system());
  }

  private void await(String awaited, Predicate<Progress> what) throws InterruptedException {
    var others = new ArrayList<String>();
    var until = watch.now().plus(PATIENCE);
    while (watch.now().isBefore(until)) {
      var seen = watch.next(Duration.between(watch.now(), until));
      if (seen != null && what.test(seen.event())) {
        return;
      }
      others.add(seen == null ? "silence" : seen.event().toString());
    }
    throw new AssertionError(
        "%s did not come; problems: %s; events: %s"
            .formatted(awaited, watch.problems(), String.join("\n", others)));
  }
}
