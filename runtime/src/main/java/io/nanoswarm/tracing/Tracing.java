package io.nanoswarm.tracing;

import io.nanoswarm.trace.Spans;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spans of this JVM, on their way out.
 *
 * <p>Guarantees: if no endpoint is named, nothing of OpenTelemetry is loaded, started or connected.
 * What keeps it from starting is said in the log, once, and nothing is exported then.
 *
 * <p>Lifecycle: from {@link #start} to {@link #close}, which waits for what is under way, 2 s at
 * most.
 */
public interface Tracing extends AutoCloseable {
  /** A property of OpenTelemetry's SDK, each of which is a variable too. */
  Pattern PROPERTY = Pattern.compile("otel(\\.[a-z]+)+");

  /** Where the spans go. */
  Spans spans();

  @Override
  void close();

  /**
   * @param instance names this JVM among those of the same service
   */
  static Tracing start(TracingSettings settings, String instance) {
    if (!settings.wanted()) {
      return new Nothing();
    }
    Logger log = LoggerFactory.getLogger(Tracing.class);
    if (!settings.protocol().startsWith("http/")) {
      log.warn(
          "no traces are exported; {}: [{}] (expected: http/protobuf, on port 4318 as a rule)",
          TracingSettings.PROTOCOL,
          settings.protocol());
      return new Nothing();
    }
    try {
      return OtlpSpans.start(settings, instance);
    } catch (RuntimeException | LinkageError e) {
      log.warn("no traces are exported, since OpenTelemetry does not understand [{}]", variable(e));
      return new Nothing();
    }
  }

  /**
   * The same, but for the time it takes: what exports is started with the first span.
   *
   * @param instance names this JVM among those of the same service
   */
  static Tracing late(TracingSettings settings, String instance) {
    return settings.wanted() ? new LateTracing(() -> start(settings, instance)) : new Nothing();
  }

  /** Not the whole of what is said: it may repeat a secret. */
  private static String variable(Throwable why) {
    Matcher property = PROPERTY.matcher(String.valueOf(why.getMessage()));
    return property.find()
        ? property.group().toUpperCase(Locale.ROOT).replace('.', '_')
        : "its variables: " + why.getClass().getSimpleName();
  }

  /** Exports nothing. */
  record Nothing() implements Tracing {
    @Override
    public Spans spans() {
      return Spans.NONE;
    }

    @Override
    public void close() {}
  }
}
