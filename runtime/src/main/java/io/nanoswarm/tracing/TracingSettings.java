package io.nanoswarm.tracing;

import java.util.Map;
import java.util.TreeMap;

/**
 * What OpenTelemetry's variables of an environment say of traces. They are the standard's own, and
 * have no place in our configuration, which is printed and logged: they may hold secrets.
 *
 * @param environment those of the variables that OpenTelemetry reads
 */
public record TracingSettings(Map<String, String> environment) {
  private static final String PREFIX = "OTEL_";
  private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String TRACES_ENDPOINT = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  static final String PROTOCOL = "OTEL_EXPORTER_OTLP_PROTOCOL";
  private static final String TRACES_PROTOCOL = "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL";

  public TracingSettings {
    environment = Map.copyOf(environment);
  }

  /** Of a whole environment. */
  public static TracingSettings of(Map<String, String> all) {
    var ours = new TreeMap<String, String>();
    all.forEach((name, value) -> {
      if (name.startsWith(PREFIX)) {
        ours.put(name, value);
      }
    });
    return new TracingSettings(ours);
  }

  /** Whether anything is to be exported: an endpoint is named, and nothing says otherwise. */
  public boolean wanted() {
    return !endpoint().isBlank()
        && !environment.getOrDefault("OTEL_SDK_DISABLED", "").strip().equalsIgnoreCase("true")
        && !environment.getOrDefault("OTEL_TRACES_EXPORTER", "").strip().equals("none");
  }

  /** What the processes of this node's agents are given: nothing if nothing is exported. */
  public Map<String, String> passedOn() {
    return wanted() ? environment : Map.of();
  }

  /** How spans are to be sent: {@code http/protobuf} if nothing is said. */
  String protocol() {
    String ofTraces = environment.getOrDefault(TRACES_PROTOCOL, "");
    String ofAll = environment.getOrDefault(PROTOCOL, "");
    String named = ofTraces.isBlank() ? ofAll : ofTraces;
    return named.isBlank() ? "http/protobuf" : named.strip();
  }

  private String endpoint() {
    String ofTraces = environment.getOrDefault(TRACES_ENDPOINT, "");
    return ofTraces.isBlank() ? environment.getOrDefault(ENDPOINT, "") : ofTraces;
  }

  @Override
  public String toString() {
    return "TracingSettings" + environment.keySet();
  }
}
