package io.nanoswarm.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.Spans;
import io.nanoswarm.trace.TraceContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TracingTest {
  private static final TraceContext CALLER =
      new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  private static final Instant FROM = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Instant TO = FROM.plusSeconds(7);

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger(Tracing.class);

  @BeforeEach
  void listen() {
    said.start();
    log.addAppender(said);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(said);
  }

  @Test
  void a_span_arrives_with_the_ids_times_and_attributes_that_it_was_given() {
    try (var collector = new Collector()) {
      var context = CALLER.span("task");
      try (var tracing = Tracing.start(settings(collector.endpoint()), "node-1")) {
        tracing
            .spans()
            .ended(
                new EndedSpan(
                    context,
                    CALLER,
                    "task reader",
                    EndedSpan.Kind.INTERNAL,
                    FROM,
                    TO,
                    Map.of("text", "t", "count", 3, "wait", 0.5),
                    "it broke"));
      }

      assertThat(collector.spans())
          .singleElement()
          .satisfies(span -> {
            assertThat(span.trace()).isEqualTo(CALLER.traceId());
            assertThat(span.id()).isEqualTo(context.spanId());
            assertThat(span.parent()).isEqualTo(CALLER.spanId());
            assertThat(span.name()).isEqualTo("task reader");
            assertThat(span.startNanos()).isEqualTo(FROM.toEpochMilli() * 1_000_000);
            assertThat(span.endNanos()).isEqualTo(TO.toEpochMilli() * 1_000_000);
            assertThat(span.failed()).isTrue();
            assertThat(span.attributes())
                .isEqualTo(Map.of("text", "t", "count", "3", "wait", "0.5"));
            assertThat(span.resource())
                .containsEntry("service.name", "nanoswarm")
                .containsEntry("service.instance.id", "node-1")
                .containsEntry("deployment", "test");
          });
      assertThat(collector.keys()).containsOnly("a-secret");
    }
  }

  @Test
  void what_begins_a_trace_is_its_root_with_its_own_ids() {
    try (var collector = new Collector()) {
      TraceContext begun;
      try (var tracing = Tracing.start(settings(collector.endpoint()), "node-1")) {
        begun = tracing.spans().begin(null, "session/one");
        assertThat(begun).isEqualTo(begun.span("session/one"));
        tracing.spans().ended(span(begun, null));
      }

      assertThat(collector.spans())
          .singleElement()
          .satisfies(span -> {
            assertThat(span.trace()).isEqualTo(begun.traceId());
            assertThat(span.id()).isEqualTo(begun.spanId());
            assertThat(span.parent()).isEmpty();
          });
    }
  }

  @Test
  void a_trace_is_sampled_as_its_caller_or_its_sampler_says_and_else_nothing_of_it_is_sent() {
    var unsampled = TraceContext.of(CALLER.traceId(), CALLER.spanId(), false);
    try (var collector = new Collector()) {
      try (var tracing = Tracing.start(settings(collector.endpoint()), "node-1")) {
        assertThat(tracing.spans().begin(CALLER, "s")).isEqualTo(CALLER);
        assertThat(tracing.spans().begin(unsampled, "s")).isEqualTo(unsampled);
        tracing.spans().ended(span(unsampled.span("a"), unsampled));
      }
      var never = settings(collector.endpoint(), Map.of("OTEL_TRACES_SAMPLER", "always_off"));
      try (var tracing = Tracing.start(never, "node-1")) {
        assertThat(tracing.spans().begin(null, "s")).matches(begun -> !begun.sampled());
      }

      assertThat(collector.spans()).isEmpty();
    }
  }

  @Test
  void without_an_endpoint_nothing_is_started_and_nothing_is_passed_on() {
    for (var environment :
        List.of(
            Map.of("OTEL_SERVICE_NAME", "s", "OTEL_EXPORTER_OTLP_HEADERS", "x-key=a-secret"),
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "OTEL_SDK_DISABLED", "true"),
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:1",
                "OTEL_TRACES_EXPORTER",
                "none"))) {
      var settings = TracingSettings.of(environment);

      try (var tracing = Tracing.start(settings, "node-1")) {
        assertThat(tracing.spans()).isSameAs(Spans.NONE);
      }
      assertThat(settings.passedOn()).isEmpty();
    }
  }

  @Test
  void a_dead_endpoint_is_said_once_and_without_secrets_and_holds_nobody_up() throws IOException {
    var dead =
        settings(
            "http://user:pass@127.0.0.1:" + deadPort(),
            Map.of("OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED", "true"));
    try (var tracing = Tracing.start(dead, "node-1")) {
      for (int i = 0; i < 10_000; i++) {
        tracing.spans().ended(span(CALLER.span("s" + i), CALLER));
      }
      await().until(() -> !said.list.isEmpty());
    }

    assertThat(said.list)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getFormattedMessage())
              .startsWith("traces cannot be exported: [")
              .doesNotContain("a-secret", "pass");
        });
  }

  @Test
  void a_protocol_that_is_not_spoken_is_said_and_nothing_is_exported() {
    var grpc = settings("http://127.0.0.1:4317", Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"));

    try (var tracing = Tracing.start(grpc, "node-1")) {
      assertThat(tracing.spans()).isSameAs(Spans.NONE);
    }
    assertThat(said.list)
        .singleElement()
        .satisfies(event ->
            assertThat(event.getFormattedMessage())
                .contains("OTEL_EXPORTER_OTLP_PROTOCOL: [grpc] (expected: http/protobuf"));
  }

  @Test
  void what_is_not_understood_is_named_and_not_repeated() {
    var malformed =
        settings("http://127.0.0.1:1", Map.of("OTEL_EXPORTER_OTLP_HEADERS", "a-secret"));

    try (var tracing = Tracing.start(malformed, "node-1")) {
      assertThat(tracing.spans()).isSameAs(Spans.NONE);
    }
    assertThat(said.list)
        .singleElement()
        .satisfies(event ->
            assertThat(event.getFormattedMessage())
                .endsWith("does not understand [OTEL_EXPORTER_OTLP_HEADERS]"));
  }

  @Test
  void a_worker_starts_what_exports_with_its_first_span() {
    try (var collector = new Collector()) {
      var starts = new AtomicInteger();
      try (var tracing =
          new LateTracing(() -> {
            starts.incrementAndGet();
            return Tracing.start(settings(collector.endpoint()), "worker-1");
          })) {
        assertThat(tracing.spans().wanted()).isTrue();
        assertThat(starts).hasValue(0);
        tracing.spans().ended(span(CALLER.span("a"), CALLER));
        tracing.spans().ended(span(CALLER.span("b"), CALLER));
        await().until(() -> collector.spans().size() == 2);
      }

      assertThat(starts).hasValue(1);
    }
  }

  @Test
  void settings_show_no_values() {
    assertThat(settings("http://127.0.0.1:1").toString()).doesNotContain("a-secret");
  }

  private static EndedSpan span(TraceContext context, TraceContext parent) {
    return new EndedSpan(context, parent, "s", EndedSpan.Kind.INTERNAL, FROM, TO, Map.of(), null);
  }

  private static int deadPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static TracingSettings settings(String endpoint) {
    return settings(endpoint, Map.of());
  }

  private static TracingSettings settings(String endpoint, Map<String, String> more) {
    var environment =
        new HashMap<>(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint,
                "OTEL_EXPORTER_OTLP_HEADERS", "x-key=a-secret",
                "OTEL_RESOURCE_ATTRIBUTES", "deployment=test",
                "UNRELATED", "x"));
    environment.putAll(more);
    return TracingSettings.of(environment);
  }
}
