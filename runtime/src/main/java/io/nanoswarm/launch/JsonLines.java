package io.nanoswarm.launch;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.nanoswarm.session.LogFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log line as one JSON object. Beside what Logback's own encoder writes, the node and what {@link
 * LogFields} names are fields of it, those that are known.
 */
public final class JsonLines extends JsonEncoder {
  /** The property of the logging context that names the node, or the worker. */
  public static final String NODE = "node";

  private static final List<String> FIELDS =
      List.of(
          LogFields.SESSION, LogFields.TASK, LogFields.ATTEMPT, LogFields.AGENT, LogFields.TRACE);

  public JsonLines() {
    setWithSequenceNumber(false);
    setWithNanoseconds(false);
    setWithContext(false);
    setWithMDC(false);
    setWithMessage(false);
    setWithArguments(false);
    setWithFormattedMessage(true);
  }

  @Override
  protected void appendCustomFields(StringBuilder line, ILoggingEvent event) {
    append(line, NODE, getContext().getProperty(NODE));
    var known = event.getMDCPropertyMap();
    FIELDS.forEach(name -> append(line, name, known.get(name)));
  }

  private void append(StringBuilder line, String name, @Nullable String value) {
    if (value != null) {
      line.append(',');
      appenderMember(line, name, value);
    }
  }
}
