package io.nanoswarm.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 to one endpoint: a body comes back, or a refusal, or the node is gone. */
final class Requests {
  /** From connecting to the connection; loopback answers at once or not at all. */
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** From sending a request to its whole answer. */
  private static final Duration ANSWER = Duration.ofSeconds(310);

  private final Endpoint endpoint;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  Requests(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  String get(String path) {
    return body(to(path).timeout(ANSWER).GET().build());
  }

  String get(String path, Duration within) {
    return body(to(path).timeout(within).GET().build());
  }

  /** Posts the record as JSON, or nothing. */
  String post(String path, @Nullable Object content) {
    return post(path, content, null);
  }

  /** The same, from within a trace if there is one. */
  String post(String path, @Nullable Object content, @Nullable String traceparent) {
    var body = content == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json(content));
    var request = to(path).timeout(ANSWER).header("Content-Type", "application/json");
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    return body(request.POST(body).build());
  }

  /** Opens a stream of server-sent events; the caller closes it. */
  Stream<String> events(String path, @Nullable String lastEventId)
      throws IOException, InterruptedException {
    var request = to(path).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    var response = http.send(request.GET().build(), BodyHandlers.ofLines());
    if (response.statusCode() >= 400) {
      try (var lines = response.body()) {
        throw refusal(response, String.join("\n", lines.toList()));
      }
    }
    return response.body();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(endpoint.uri().resolve(path))
        .header("Authorization", "Bearer " + endpoint.token());
  }

  private String body(HttpRequest request) {
    try {
      var response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() >= 400) {
        throw refusal(response, response.body());
      }
      return response.body();
    } catch (InterruptedException | InterruptedIOException e) {
      throw new Interrupted();
    } catch (IOException e) {
      throw new NodeGone(endpoint, e);
    }
  }

  private Refused refusal(HttpResponse<?> response, String body) {
    int status = response.statusCode();
    try {
      return new Refused(status, ApiJson.mapper().readValue(body, Problem.class));
    } catch (JsonProcessingException e) {
      return new Refused(
          status,
          new Problem(
              "the node at %s answered %d to %s"
                  .formatted(endpoint, status, response.uri().getPath()),
              null));
    }
  }

  private static String json(Object content) {
    try {
      return ApiJson.mapper().writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form: " + content, e);
    }
  }
}
