package io.nanoswarm.trace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span and the trace that it belongs to, as the W3C's trace context writes them: {@code
 * 00-<trace>-<span>-<flags>}, version 00 always.
 *
 * <p>Guarantees: {@link #span} gives the same name the same id within a trace, in every JVM and
 * after every restart. Ids of one trace differ for different names, as far as 64 bits of SHA-256
 * do.
 */
public record TraceContext(@JsonValue String traceparent) {
  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** Later versions may carry more behind the flags. */
  private static final Pattern GIVEN =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})(-.*)?");

  private static final int SAMPLED = 1;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TraceContext {
    if (!FORM.matcher(traceparent).matches()) {
      throw new IllegalArgumentException(
          "traceparent: '%s' (expected: %s)".formatted(traceparent, FORM.pattern()));
    }
  }

  /**
   * @param traceId 32 hexadecimal digits, not all 0
   * @param spanId 16 hexadecimal digits, not all 0
   */
  public static TraceContext of(String traceId, String spanId, boolean sampled) {
    return new TraceContext("00-%s-%s-%s".formatted(traceId, spanId, sampled ? "01" : "00"));
  }

  /** What somebody else has sent; empty if it is none, as the W3C wants that to be ignored. */
  public static Optional<TraceContext> given(String header) {
    Matcher given = GIVEN.matcher(header.strip());
    return given.matches()
        ? Optional.of("00-" + given.group(1)).filter(FORM.asMatchPredicate()).map(TraceContext::new)
        : Optional.empty();
  }

  public String traceId() {
    return traceparent.substring(3, 35);
  }

  public String spanId() {
    return traceparent.substring(36, 52);
  }

  /** Whether its spans are to be exported. */
  public boolean sampled() {
    return (HexFormat.fromHexDigits(traceparent.substring(53)) & SAMPLED) != 0;
  }

  /** A span of the same trace, by its name within it. */
  public TraceContext span(String name) {
    return of(traceId(), spanId(traceId(), name), sampled());
  }

  private static String spanId(String traceId, String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((traceId + "/" + name).getBytes(StandardCharsets.UTF_8));
      String id = HexFormat.of().formatHex(hash, 0, 8);
      return id.equals("0".repeat(16)) ? "0".repeat(15) + "1" : id;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return traceparent;
  }
}
