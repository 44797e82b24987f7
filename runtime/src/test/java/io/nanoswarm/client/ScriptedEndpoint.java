package io.nanoswarm.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.AnswerRequest;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.AskRequest;
import io.nanoswarm.api.BackupRequest;
import io.nanoswarm.api.BackupView;
import io.nanoswarm.api.DeadTask;
import io.nanoswarm.api.Deleted;
import io.nanoswarm.api.DeletionRequest;
import io.nanoswarm.api.DiscardRequest;
import io.nanoswarm.api.EntryView;
import io.nanoswarm.api.FollowUpView;
import io.nanoswarm.api.Health;
import io.nanoswarm.api.NodesView;
import io.nanoswarm.api.Opened;
import io.nanoswarm.api.OverviewView;
import io.nanoswarm.api.PlanView;
import io.nanoswarm.api.PriorityRequest;
import io.nanoswarm.api.Problem;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.RetryRequest;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.api.SessionView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A node's endpoint without a node: it replays what a test has told it. */
public final class ScriptedEndpoint implements AutoCloseable {
  private static final String TOKEN = "secret";

  /** One step of a session's stream. */
  public sealed interface Step {}

  public record Tell(Progress event) implements Step {}

  /** The connection breaks here, once. */
  public record Cut() implements Step {}

  /** The whole node ends here. */
  public record Die() implements Step {}

  /** Nothing more comes, and the connection stays. */
  public record Silence() implements Step {}

  /** Nothing comes until the test opens the latch. */
  public record Freeze(CountDownLatch until) implements Step {}

  /** Time passes, for demonstrations. */
  public record Pause(long millis) implements Step {}

  public final List<String> requests = new CopyOnWriteArrayList<>();
  public final List<SessionRequest> asked = new CopyOnWriteArrayList<>();
  public final List<AnswerRequest> answered = new CopyOnWriteArrayList<>();
  public final List<RetryRequest> retried = new CopyOnWriteArrayList<>();
  public final List<AskRequest> furtherAsked = new CopyOnWriteArrayList<>();
  public final List<PriorityRequest> prioritised = new CopyOnWriteArrayList<>();
  public final List<DiscardRequest> discarded = new CopyOnWriteArrayList<>();
  public volatile List<DeadTask> dead = List.of();
  public final Map<String, SessionView> sessions = new ConcurrentHashMap<>();
  public final Map<String, String> answers = new ConcurrentHashMap<>();
  public final Map<String, String> fullAnswers = new ConcurrentHashMap<>();
  public final Map<String, List<Step>> streams = new ConcurrentHashMap<>();
  public final List<EntryView> blackboard = new CopyOnWriteArrayList<>();
  public volatile @Nullable AgentsView agents;
  public volatile @Nullable OverviewView overview;
  public volatile NodesView nodes = new NodesView(List.of());
  public volatile @Nullable PlanView plan;
  public volatile @Nullable Problem refusal;
  public volatile String nextId = "7f3a-session";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public ScriptedEndpoint() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public Endpoint endpoint() {
    return new Endpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), TOKEN);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    requests.add(exchange.getRequestMethod() + " " + path + (last == null ? "" : " after " + last));
    try (exchange) {
      if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        json(exchange, 401, new Problem("wrong token", null));
        return;
      }
      route(exchange, path.substring("/v1/".length()).split("/"), last);
    }
  }

  private void route(HttpExchange exchange, String[] parts, @Nullable String last)
      throws IOException {
    boolean post = exchange.getRequestMethod().equals("POST");
    var problem = refusal;
    if (post && problem != null) {
      json(exchange, 400, problem);
      return;
    }
    if (parts[0].equals("health")) {
      json(exchange, 200, new Health("test", 4711));
    } else if (parts[0].equals("agents")) {
      json(exchange, 200, agents);
    } else if (parts[0].equals("overview")) {
      json(exchange, 200, overview);
    } else if (parts[0].equals("nodes")) {
      json(exchange, 200, nodes);
    } else if (parts[0].equals("deletions")) {
      var request = ApiJson.mapper().readValue(exchange.getRequestBody(), DeletionRequest.class);
      request.sessions().forEach(sessions::remove);
      json(exchange, 200, new Deleted(request.sessions().size(), 12, 3));
    } else if (parts[0].equals("backups")) {
      var request = ApiJson.mapper().readValue(exchange.getRequestBody(), BackupRequest.class);
      json(exchange, 200, new BackupView(request.file(), 4096, sessions.size()));
    } else if (parts[0].equals("dead")) {
      json(exchange, 200, dead);
    } else if (parts[0].equals("plans")) {
      asked.add(ApiJson.mapper().readValue(exchange.getRequestBody(), SessionRequest.class));
      json(exchange, 200, plan);
    } else if (parts.length == 1 && post) {
      asked.add(ApiJson.mapper().readValue(exchange.getRequestBody(), SessionRequest.class));
      json(exchange, 201, new Opened(nextId));
    } else if (parts.length == 1) {
      json(exchange, 200, sessions.values().stream().map(ScriptedEndpoint::summary).toList());
    } else if (!sessions.containsKey(parts[1])) {
      json(exchange, 404, new Problem("no session " + parts[1], null));
    } else {
      session(exchange, parts, last);
    }
  }

  private void session(HttpExchange exchange, String[] parts, @Nullable String last)
      throws IOException {
    var id = parts[1];
    switch (parts.length == 2 ? "" : parts[2]) {
      case "" -> json(exchange, 200, sessions.get(id));
      case "events" -> stream(exchange, id, last);
      case "blackboard" -> json(exchange, 200, blackboard);
      case "answer" -> {
        boolean full = "depth=full".equals(exchange.getRequestURI().getQuery());
        var answer = (full ? fullAnswers : answers).get(id);
        if (answer == null) {
          json(exchange, 404, new Problem("no answer", null));
        } else {
          send(exchange, 200, "text/markdown", answer);
        }
      }
      case "cancel" -> send(exchange, 202, "application/json", "{}");
      case "answers" -> {
        answered.add(ApiJson.mapper().readValue(exchange.getRequestBody(), AnswerRequest.class));
        json(exchange, 200, sessions.get(id));
      }
      case "retry" -> {
        retried.add(ApiJson.mapper().readValue(exchange.getRequestBody(), RetryRequest.class));
        json(exchange, 200, new Opened(id));
      }
      case "ask" -> {
        furtherAsked.add(ApiJson.mapper().readValue(exchange.getRequestBody(), AskRequest.class));
        json(exchange, 201, new FollowUpView(id, 2));
      }
      case "discard" -> {
        discarded.add(ApiJson.mapper().readValue(exchange.getRequestBody(), DiscardRequest.class));
        json(exchange, 200, sessions.get(id));
      }
      case "pause", "unpause" -> json(exchange, 200, sessions.get(id));
      case "priority" -> {
        prioritised.add(
            ApiJson.mapper().readValue(exchange.getRequestBody(), PriorityRequest.class));
        json(exchange, 200, sessions.get(id));
      }
      case "resume" -> json(exchange, 200, new Opened(id));
      default -> json(exchange, 404, new Problem("no such path", null));
    }
  }

  private void stream(HttpExchange exchange, String id, @Nullable String last) throws IOException {
    var steps = new ArrayList<>(streams.getOrDefault(id, List.of()));
    int from = last == null ? 0 : Integer.parseInt(last) + 1;
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    var body = exchange.getResponseBody();
    for (int i = from; i < steps.size(); i++) {
      switch (steps.get(i)) {
        case Tell(var event) -> {
          var data = ApiJson.mapper().writerFor(Progress.class).writeValueAsString(event);
          var text = ": keep-alive\n\nid: %d\nevent: progress\ndata: %s\n\n".formatted(i, data);
          body.write(text.getBytes(StandardCharsets.UTF_8));
          body.flush();
          session(event).ifPresent(session -> sessions.put(id, session));
        }
        case Cut _ -> {
          steps.remove(i);
          streams.put(id, steps);
          return;
        }
        case Die _ -> {
          Thread.ofVirtual().start(this::close);
          return;
        }
        case Silence _ -> pause(60_000);
        case Freeze(var until) -> await(until);
        case Pause(var millis) -> pause(millis);
      }
    }
  }

  private static java.util.Optional<SessionView> session(Progress event) {
    return event instanceof Progress.Concluded(_, var session)
        ? java.util.Optional.of(session)
        : java.util.Optional.empty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static SessionSummary summary(SessionView view) {
    return SessionSummary.of(
        view.id(), view.goal(), view.workspace(), view.status(), view.openedAt(), view.endedAt());
  }

  private static void json(HttpExchange exchange, int status, @Nullable Object content)
      throws IOException {
    send(exchange, status, "application/json", ApiJson.mapper().writeValueAsString(content));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
