package io.nanoswarm.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.Problem;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.ReadyView;
import io.nanoswarm.metrics.SwarmMetrics;
import io.nanoswarm.node.SwarmProblem;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of the endpoint as HTTP: JSON, Markdown, and problems with their status. */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private static final ContentType.WithCharset MARKDOWN =
      ContentTypes.create(MediaTypes.TEXT_MARKDOWN, HttpCharsets.UTF_8);

  private static final ContentType METRICS = ContentTypes.parse(SwarmMetrics.CONTENT_TYPE);

  private Replies() {}

  static HttpResponse ok(Object body) {
    return json(StatusCodes.OK, body);
  }

  static HttpResponse created(Object body) {
    return json(StatusCodes.CREATED, body);
  }

  static HttpResponse accepted(Object body) {
    return json(StatusCodes.ACCEPTED, body);
  }

  static HttpResponse ready(ReadyView view) {
    return json(view.ready() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE, view);
  }

  static HttpResponse metrics(String text) {
    return HttpResponse.create().withEntity(METRICS, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An empty text is one that is not there. */
  static HttpResponse markdown(String text) {
    return text.isEmpty()
        ? problem(new SwarmProblem(SwarmProblem.Kind.NOT_FOUND, "there is no answer yet", null))
        : HttpResponse.create().withEntity(MARKDOWN, text);
  }

  static HttpResponse unauthorized() {
    return json(
        StatusCodes.UNAUTHORIZED,
        new Problem(
            "the token is missing or wrong", "it stands in endpoint.json of the data folder"));
  }

  static HttpResponse problem(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case SwarmProblem problem ->
          json(
              status(problem.kind()),
              new Problem(String.valueOf(problem.getMessage()), problem.hint()));
      case TimeoutException _ ->
          json(
              StatusCodes.SERVICE_UNAVAILABLE,
              new Problem(
                  "the swarm did not answer in time", "the machine may be too busy: try again"));
      default -> {
        LOG.error("a request failed", cause);
        yield json(
            StatusCodes.INTERNAL_SERVER_ERROR,
            new Problem("internal error: " + cause, "the node's log tells more"));
      }
    };
  }

  private static StatusCode status(SwarmProblem.Kind kind) {
    return switch (kind) {
      case BAD_REQUEST -> StatusCodes.BAD_REQUEST;
      case NOT_FOUND -> StatusCodes.NOT_FOUND;
      case UNAVAILABLE -> StatusCodes.SERVICE_UNAVAILABLE;
    };
  }

  /**
   * @throws SwarmProblem if the text is not what was expected
   */
  static <T> T read(String text, Class<T> type) {
    try {
      return ApiJson.mapper().readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "the request is no %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()),
          null);
    }
  }

  static String json(Object value) {
    try {
      return ApiJson.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The event's name, as it stands in its JSON. */
  static String name(Progress progress) {
    JsonNode tree = ApiJson.mapper().valueToTree(progress);
    return tree.path("event").asText();
  }

  private static HttpResponse json(StatusCode status, Object body) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(ContentTypes.APPLICATION_JSON, json(body));
  }
}
