package io.nanoswarm.tracing;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** Takes what is exported by OTLP over HTTP, on a port of its own, and keeps it. */
public final class Collector implements AutoCloseable {

  /** A span as it came. */
  public record Received(
      String trace,
      String id,
      String parent,
      String name,
      String kind,
      long startNanos,
      long endNanos,
      boolean failed,
      Map<String, String> attributes,
      Map<String, String> resource) {}

  private final HttpServer server;
  private final List<Received> spans = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();

  public Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/v1/traces",
        exchange -> {
          requests.incrementAndGet();
          String key = exchange.getRequestHeaders().getFirst("x-key");
          headers.add(key == null ? "" : key);
          boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
          try (var body =
              zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            keep(ExportTraceServiceRequest.parseFrom(body));
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  private void keep(ExportTraceServiceRequest request) {
    request
        .getResourceSpansList()
        .forEach(of ->
            of.getScopeSpansList()
                .forEach(scope ->
                    scope
                        .getSpansList()
                        .forEach(span -> spans.add(received(of.getResource(), span)))));
  }

  private static Received received(Resource resource, Span span) {
    var hex = HexFormat.of();
    return new Received(
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
        texts(span.getAttributesList()),
        texts(resource.getAttributesList()));
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    var texts = new TreeMap<String, String>();
    for (KeyValue each : attributes) {
      var value = each.getValue();
      texts.put(
          each.getKey(),
          switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            default -> value.toString();
          });
    }
    return texts;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Received> spans() {
    return List.copyOf(spans);
  }

  /** The header {@code x-key} of each request. */
  public List<String> keys() {
    return List.copyOf(headers);
  }

  public int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
