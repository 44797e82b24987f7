package io.nanoswarm.trace;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span that has ended.
 *
 * @param context its own
 * @param parent null for the root of its trace
 * @param name of few values: no ids
 * @param attributes texts, numbers and truths, by OpenTelemetry's names where it has one
 * @param error what went wrong, null if nothing did
 */
public record EndedSpan(
    TraceContext context,
    @Nullable TraceContext parent,
    String name,
    Kind kind,
    Instant start,
    Instant end,
    Map<String, Object> attributes,
    @Nullable String error) {

  /** Which side of a call it is. */
  public enum Kind {
    INTERNAL,
    /** Answers a request from outside. */
    SERVER
  }

  private static final int MAX_ERROR = 300;

  public EndedSpan {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    end = end.isBefore(start) ? start : end;
    if (error != null && error.length() > MAX_ERROR) {
      error = error.substring(0, MAX_ERROR - 1) + "…";
    }
  }

  /** The same below another span. */
  public EndedSpan below(TraceContext other) {
    return new EndedSpan(context, other, name, kind, start, end, attributes, error);
  }
}
