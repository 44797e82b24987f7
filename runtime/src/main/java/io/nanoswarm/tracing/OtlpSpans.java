package io.nanoswarm.tracing;

import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.Spans;
import io.nanoswarm.trace.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Exports spans as OpenTelemetry's variables say, over HTTP. The only class that knows its SDK with
 * {@link PresetIds} and {@link FailureLoggingExporter}: loaded only where something is exported.
 */
final class OtlpSpans implements Tracing, Spans {
  /** Held, or its level would be forgotten. It would write to the terminal. */
  private static final Logger OF_SDK = Logger.getLogger("io.opentelemetry");

  private static final String SCOPE = "io.nanoswarm";
  private static final int CLOSE_SECONDS = 2;

  /** Behind what the environment says. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "nanoswarm",
          "otel.exporter.otlp.protocol", "http/protobuf",
          "otel.bsp.schedule.delay", "1000");

  /** Before what the environment says: other signals are not ours to send. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.traces.exporter", "otlp");

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final PresetIds ids;

  private OtlpSpans(SdkTracerProvider provider, PresetIds ids) {
    this.provider = provider;
    this.ids = ids;
    tracer = provider.get(SCOPE);
  }

  static OtlpSpans start(TracingSettings settings, String instance) {
    OF_SDK.setLevel(Level.OFF);
    var ids = new PresetIds();
    var sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesSupplier(() -> properties(settings.environment()))
            .addPropertiesCustomizer(_ -> ALWAYS)
            .addResourceCustomizer((resource, _) ->
                resource.merge(
                    Resource.create(
                        Attributes.of(
                            AttributeKey.stringKey("service.instance.id"),
                            instance,
                            AttributeKey.longKey("process.pid"),
                            ProcessHandle.current().pid()))))
            .addSpanExporterCustomizer((exporter, _) -> new FailureLoggingExporter(exporter))
            .addTracerProviderCustomizer((builder, _) -> builder.setIdGenerator(ids))
            .build();
    return new OtlpSpans(sdk.getOpenTelemetrySdk().getSdkTracerProvider(), ids);
  }

  /** As the SDK reads them, behind what it finds in the environment itself. */
  private static Map<String, String> properties(Map<String, String> environment) {
    var properties = new HashMap<>(DEFAULTS);
    environment.forEach((name, value) -> {
      if (!value.isBlank()) {
        properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
      }
    });
    return properties;
  }

  @Override
  public Spans spans() {
    return this;
  }

  @Override
  public TraceContext begin(@Nullable TraceContext parent, String name) {
    var random = IdGenerator.random();
    TraceContext context =
        parent != null
            ? parent
            : TraceContext.of(random.generateTraceId(), random.generateSpanId(), true).span(name);
    var decision =
        provider
            .getSampler()
            .shouldSample(
                parent == null ? Context.root() : within(parent),
                context.traceId(),
                "session",
                SpanKind.SERVER,
                Attributes.empty(),
                List.of())
            .getDecision();
    return TraceContext.of(
        context.traceId(), context.spanId(), decision == SamplingDecision.RECORD_AND_SAMPLE);
  }

  @Override
  public void ended(EndedSpan span) {
    if (!span.context().sampled()) {
      return;
    }
    ids.set(span.context());
    try {
      TraceContext parent = span.parent();
      SpanBuilder builder =
          tracer
              .spanBuilder(span.name())
              .setParent(parent == null ? Context.root() : within(parent))
              .setSpanKind(
                  switch (span.kind()) {
                    case INTERNAL -> SpanKind.INTERNAL;
                    case SERVER -> SpanKind.SERVER;
                  })
              .setStartTimestamp(span.start());
      span.attributes().forEach((name, value) -> set(builder, name, value));
      Span started = builder.startSpan();
      String error = span.error();
      if (error != null) {
        started.setStatus(StatusCode.ERROR, error);
      }
      started.end(span.end());
    } finally {
      ids.clear();
    }
  }

  private static void set(SpanBuilder builder, String name, Object value) {
    switch (value) {
      case Long number -> builder.setAttribute(name, number);
      case Integer number -> builder.setAttribute(name, number.longValue());
      case Double number -> builder.setAttribute(name, number);
      case Boolean truth -> builder.setAttribute(name, truth);
      default -> builder.setAttribute(name, value.toString());
    }
  }

  private static Context within(TraceContext parent) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    parent.traceId(),
                    parent.spanId(),
                    parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                    TraceState.getDefault())));
  }

  @Override
  public void close() {
    CompletableResultCode shutdown = provider.shutdown();
    var _ = shutdown.join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
