package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.trace.TraceContext;
import io.nanoswarm.tracing.Collector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector is sent by the program as users start it, over a kill of its node. */
class TracesIT {
  private static final TraceContext CALLER =
      new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  private static final String SECRET = "bearer-of-bad-news";

  @TempDir Path folder;

  @Test
  void a_session_is_one_trace_over_its_jvms_and_over_the_kill_of_its_node() throws Exception {
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(
        workspace.resolve("Retry.java"),
        "/** Retries are bounded by the limit of attempts. */\nclass Retry { int limit = 3; }\n");
    Path data = folder.resolve("data");
    try (var collector = new Collector()) {
      var environment =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.endpoint(),
              "OTEL_EXPORTER_OTLP_HEADERS",
              "x-key=" + SECRET,
              "NANOSWARM_LOG_FORMAT",
              "json",
              "TRACEPARENT",
              CALLER.traceparent());
      String id;
      var shown = new StringBuilder();
      try (var run =
          SwarmProcess.start(
              data,
              environment,
              "run",
              "Where are retries bounded?",
              "--workspace",
              workspace.toString(),
              "--json")) {
        id = run.await("snapshot").path("session").path("id").asText();
        run.await(json ->
            SwarmProcess.is(json, "task-ended") && json.path("task").asText().startsWith("index-"));
        shown.append(commandLines(run.children())).append(commandLines(List.of(self(run))));
        run.signal("KILL");
        run.exitCode();
        shown.append(run.report());
      }
      try (var resumed = SwarmProcess.start(data, environment, "resume", id, "--json")) {
        assertThat(resumed.exitCode()).as(resumed.report()).isZero();
        shown.append(resumed.report());
      }

      assertOneTree(collector.spans(), id);
      assertThat(collector.keys()).containsOnly(SECRET);
      assertThat(shown.append(logs(data)).toString()).doesNotContain(SECRET);
      assertLinesOfJson(data, id);
    }
  }

  private static void assertOneTree(List<Collector.Received> spans, String id) {
    var names = spans.stream().map(Collector.Received::name).collect(Collectors.toSet());
    assertThat(names)
        .contains("session", "plan", "task researcher", "attempt researcher")
        .contains("invoke_agent researcher", "post");
    assertThat(spans).extracting(Collector.Received::trace).containsOnly(CALLER.traceId());

    Set<String> ids = new HashSet<>(Set.of(CALLER.spanId()));
    spans.forEach(span -> ids.add(span.id()));
    assertThat(spans).allSatisfy(span -> assertThat(ids).contains(span.parent()));

    var byId = new HashMap<String, Collector.Received>();
    for (Collector.Received span : spans) {
      Collector.Received before = byId.put(span.id(), span);
      if (before != null) {
        assertThat(span.attributes()).isEqualTo(before.attributes());
        assertThat(span.startNanos()).isEqualTo(before.startNanos());
        assertThat(span.endNanos()).isEqualTo(before.endNanos());
      }
    }
    assertThat(byId.values())
        .filteredOn(span -> span.name().startsWith("invoke_agent"))
        .isNotEmpty()
        .allSatisfy(span -> {
          Collector.Received attempt = byId.get(span.parent());
          assertThat(attempt.name()).startsWith("attempt ");
          assertThat(byId.get(attempt.parent()).name()).startsWith("task ");
          assertThat(byId.get(byId.get(attempt.parent()).parent()).name()).isEqualTo("session");
          assertThat(span.resource().get("service.instance.id"))
              .isNotEqualTo(attempt.resource().get("service.instance.id"));
        });
    assertThat(byId.values())
        .filteredOn(span -> span.name().equals("session"))
        .singleElement()
        .satisfies(session -> {
          assertThat(session.parent()).isEqualTo(CALLER.spanId());
          assertThat(session.attributes()).containsEntry("gen_ai.conversation.id", id);
        });
  }

  private static ProcessHandle self(SwarmProcess run) {
    return ProcessHandle.of(run.pid()).orElseThrow();
  }

  /** As every user of the machine sees them. */
  private static String commandLines(List<ProcessHandle> processes) throws IOException {
    var seen = new StringBuilder();
    for (ProcessHandle each : processes) {
      each.info().commandLine().ifPresent(seen::append);
      Path file = Path.of("/proc", Long.toString(each.pid()), "cmdline");
      if (Files.isReadable(file)) {
        seen.append(Files.readString(file));
      }
    }
    return seen.toString();
  }

  private static String logs(Path data) throws IOException {
    var all = new StringBuilder();
    try (var files = Files.list(data.resolve("logs"))) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file)).append('\n');
      }
    }
    return all.toString();
  }

  private static void assertLinesOfJson(Path data, String id) throws IOException {
    var sessions = new HashSet<String>();
    for (String line : Files.readAllLines(data.resolve("logs/node.log"))) {
      JsonNode json = ApiJson.mapper().readTree(line);
      assertThat(json.path("formattedMessage").isTextual()).as(line).isTrue();
      sessions.add(json.path("session").asText());
    }
    assertThat(sessions).contains(id);
  }
}
