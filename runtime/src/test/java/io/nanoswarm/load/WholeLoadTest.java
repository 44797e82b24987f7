package io.nanoswarm.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.client.Isolation;
import io.nanoswarm.load.report.LoadReport;
import io.nanoswarm.load.report.LoadReport.Point;
import io.nanoswarm.load.report.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real node and real worker JVMs, for some seconds of load each. */
@Timeout(180)
class WholeLoadTest {
  @TempDir Path folder;
  private final List<ProcessHandle> children = new ArrayList<>();

  @AfterEach
  void nothing_is_left() throws IOException {
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    for (ProcessHandle child : children) {
      assertThat(child.onExit().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void everything_is_in_the_report_and_nothing_is_left() throws Exception {
    LoadReport report = run(request(Isolation.SHARED, List.of(1, 2), null, 1));

    assertThat(report.points()).extracting(Point::agents).containsExactly(1, 2);
    for (Point point : report.points()) {
      assertThat(point.throughput().min()).isGreaterThan(0);
      assertThat(point.failed()).isZero();
      assertThat(point.parts())
          .containsKeys(Part.SCHEDULING, Part.TO_AGENT, Part.AGENT, Part.TO_SESSION, Part.JOURNAL);
      assertThat(point.journal().eventsPerTask()).isBetween(0.9, 3.0);
      assertThat(point.journal().bytesPerEvent()).isBetween(50, 10_000);
      assertThat(point.journal().alone().min()).isGreaterThan(0);
      assertThat(point.journal().ratio().min()).isGreaterThan(0);
      assertThat(point.journal().bare().min()).isGreaterThan(0);
      assertThat(point.resources().jvms()).isEqualTo(1);
      var latency = Objects.requireNonNull(point.latency());
      assertThat(latency.max()).isGreaterThanOrEqualTo(latency.p50());
    }
    assertThat(Objects.requireNonNull(report.points().getFirst().startUp()).min()).isGreaterThan(0);
    var recovery = Objects.requireNonNull(report.recovery());
    assertThat(recovery.kills()).isEqualTo(1);
    assertThat(recovery.elsewhere()).isZero();
    assertThat(report.scaling().words()).singleElement().asString().contains("Too few");
    assertThat(report.remarks()).isEmpty();
    JsonNode json = ApiJson.mapper().readTree(ApiJson.mapper().writeValueAsString(report));
    assertThat(json.path("points").path(0).path("parts").has("to-agent")).isTrue();
    assertThat(json.path("asked").path("loop").asText()).isEqualTo("closed");
  }

  @Test
  void tasks_that_arrive_by_a_schedule_are_done_and_their_latency_has_all_parts() throws Exception {
    LoadReport report = run(request(Isolation.SHARED, List.of(1), 20.0, 1));

    Point point = report.points().getFirst();
    var arrivals = Objects.requireNonNull(point.arrivals());
    assertThat(arrivals.intended()).isBetween(19L, 200L);
    assertThat(arrivals.done()).isPositive();
    assertThat(point.failed()).isZero();
    assertThat(point.parts()).containsKeys(Part.ARRIVING, Part.WAITING);
    assertThat(report.scaling().curve()).isNull();
  }

  @Test
  void a_session_for_each_task_posts_its_answer_and_a_killed_worker_is_replaced_by_another()
      throws Exception {
    LoadReport report = run(request(Isolation.PROCESS, List.of(2), 4.0, LoadRequest.EACH));

    Point point = report.points().getFirst();
    assertThat(point.failed()).isZero();
    assertThat(Objects.requireNonNull(point.arrivals()).done()).isPositive();
    assertThat(point.parts()).containsKey(Part.POSTING);
    assertThat(point.journal().writers()).isGreaterThan(2);
    assertThat(point.resources().jvms()).isEqualTo(2);
    assertThat(Objects.requireNonNull(report.recovery()).elsewhere()).isEqualTo(1);
  }

  @Test
  void agents_on_machine_nodes_leave_the_control_node_without_any_and_nothing_behind()
      throws Exception {
    var request =
        new LoadRequest(
            List.of(1, 2),
            Isolation.PROCESS,
            new Work.Wait(Duration.ofMillis(50)),
            null,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            1,
            1,
            1);

    LoadReport report = run(request);

    assertThat(report.asked().perMachine()).isEqualTo(1);
    assertThat(report.points()).extracting(Point::failed).containsOnly(0L);
    assertThat(report.points()).extracting(point -> point.resources().jvms()).containsExactly(1, 2);
    assertThat(report.points())
        .allSatisfy(point -> assertThat(point.throughput().min()).isGreaterThan(0));
    assertThat(children).as("workers of the control node, and machines").hasSizeGreaterThan(2);
  }

  @Test
  void an_interrupt_leaves_nothing() throws Exception {
    var measuring = new CompletableFuture<Void>();
    var ended = new CompletableFuture<@Nullable Throwable>();
    var test =
        test(
            request(Isolation.SHARED, List.of(1), null, 1),
            text -> {
              if (text.contains("1 agent")) {
                measuring.complete(null);
              }
            });
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                test.run();
                ended.complete(null);
              } catch (Exception e) {
                ended.complete(e);
              }
            });
    measuring.get();
    remember();
    thread.interrupt();

    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void a_folder_that_a_killed_test_left_is_removed_by_the_next() throws Exception {
    var gone = new ProcessBuilder("true").start();
    gone.waitFor();
    var left = Files.createDirectory(folder.resolve("nanoswarm-load-" + gone.pid() + "-1"));
    Files.writeString(left.resolve("journal.mv.db"), "rest");
    var ours =
        Files.createDirectory(
            folder.resolve("nanoswarm-load-" + ProcessHandle.current().pid() + "-1"));

    ScratchFolder.in(folder).close();

    assertThat(left).doesNotExist();
    assertThat(ours).exists();
    Files.delete(ours);
  }

  @Test
  void more_agents_than_memory_holds_are_refused_before_anything_starts() {
    assertThatThrownBy(() -> LoadTest.check(request(Isolation.PROCESS, List.of(1, 1000), null, 1)))
        .hasMessageMatching("\\d+ agents need about \\d+ MB of memory, \\d+ MB are available");
  }

  private LoadReport run(LoadRequest request) throws Exception {
    return test(request, text -> remember()).run();
  }

  private LoadTest test(LoadRequest request, LoadTest.Progress progress) {
    return new LoadTest(request, "0.1.0", "swarm load", folder, InstantSource.system(), progress);
  }

  private void remember() {
    ProcessHandle.current().children().forEach(children::add);
  }

  private static LoadRequest request(
      Isolation isolation, List<Integer> agents, @Nullable Double rate, int sessions) {
    return new LoadRequest(
        agents,
        isolation,
        new Work.None(),
        rate,
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        1,
        sessions,
        LoadRequest.NO_MACHINES);
  }
}
