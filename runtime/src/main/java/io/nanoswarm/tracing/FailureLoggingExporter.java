package io.nanoswarm.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when spans no longer arrive, and when they do again; not for each that is lost. */
final class FailureLoggingExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

  private final SpanExporter exporter;
  private final AtomicBoolean failing = new AtomicBoolean();

  FailureLoggingExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(() -> say(result));
  }

  /** Without what the exporter says itself: that may hold an address with a password. */
  private void say(CompletableResultCode result) {
    if (result.isSuccess()) {
      if (failing.getAndSet(false)) {
        LOG.info("traces are exported again");
      }
    } else if (!failing.getAndSet(true)) {
      Throwable why = result.getFailureThrowable();
      LOG.warn(
          "traces cannot be exported: [{}]; they are dropped until that is possible again",
          why == null ? "refused" : why.getClass().getSimpleName());
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
