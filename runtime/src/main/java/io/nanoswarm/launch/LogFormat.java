package io.nanoswarm.launch;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** How the logs of a node and of its workers are written. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** One object on each line, for programs. */
  JSON;

  /** What a worker's logging reads, before anything else. */
  static final String VARIABLE = "NANOSWARM_LOG_FORMAT";

  /** As it is written in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A started encoder.
   *
   * @param pattern of a line of text
   */
  public Encoder<ILoggingEvent> encoder(LoggerContext context, String pattern) {
    return switch (this) {
      case TEXT -> {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        yield encoder;
      }
      case JSON -> {
        var encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        yield encoder;
      }
    };
  }

  /** From now on lines of JSON name this JVM so. */
  public static void nameNode(String name) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putProperty(JsonLines.NODE, name);
    }
  }
}
