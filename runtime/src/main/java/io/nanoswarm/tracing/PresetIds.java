package io.nanoswarm.tracing;

import io.nanoswarm.trace.TraceContext;
import io.opentelemetry.sdk.trace.IdGenerator;
import org.jspecify.annotations.Nullable;

/** Gives a span the ids that it has already: those set on the thread that starts it. */
final class PresetIds implements IdGenerator {
  private static final IdGenerator RANDOM = IdGenerator.random();

  private static final ThreadLocal<@Nullable TraceContext> NEXT = new ThreadLocal<>();

  void set(TraceContext context) {
    NEXT.set(context);
  }

  void clear() {
    NEXT.remove();
  }

  @Override
  public String generateSpanId() {
    TraceContext context = NEXT.get();
    return context == null ? RANDOM.generateSpanId() : context.spanId();
  }

  @Override
  public String generateTraceId() {
    TraceContext context = NEXT.get();
    return context == null ? RANDOM.generateTraceId() : context.traceId();
  }
}
