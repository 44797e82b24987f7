package io.nanoswarm.http;

import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;

import io.nanoswarm.api.AnswerDepth;
import io.nanoswarm.api.AnswerRequest;
import io.nanoswarm.api.AskRequest;
import io.nanoswarm.api.BackupRequest;
import io.nanoswarm.api.CancelRequest;
import io.nanoswarm.api.DeletionRequest;
import io.nanoswarm.api.DiscardRequest;
import io.nanoswarm.api.Health;
import io.nanoswarm.api.PriorityRequest;
import io.nanoswarm.api.RetryRequest;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.feed.FeedItem;
import io.nanoswarm.node.Swarm;
import io.nanoswarm.node.SwarmProblem;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.marshalling.sse.EventStreamMarshalling;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.sse.ServerSentEvent;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Which request is answered by what. Every request needs the token, but for whether the node is
 * alive and ready: that tells nothing worth protecting.
 */
final class EndpointRoutes extends AllDirectives {
  /** Of the W3C: the span of whoever asks. */
  private static final String TRACEPARENT = "traceparent";

  /** Clients take a node for frozen that is silent three times as long. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

  /** Scanning a large workspace comes before the first byte of the answer. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Swarm swarm;
  private final byte[] authorization;
  private final String version;

  EndpointRoutes(Swarm swarm, String token, String version) {
    this.swarm = swarm;
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.version = version;
  }

  Route all() {
    return concat(checks(), optionalHeaderValueByName("Authorization", this::withToken));
  }

  private Route checks() {
    return concat(
        path("alive", () -> get(() -> complete(Replies.ok(new Alive(true))))),
        path("ready", () -> get(() -> reply(swarm.ready(), Replies::ready))));
  }

  private Route withToken(Optional<String> header) {
    return authorized(header)
        ? concat(
            withRequestTimeout(PATIENCE, () -> pathPrefix("v1", this::v1)),
            path("metrics", () -> get(() -> reply(swarm.metrics(), Replies::metrics))))
        : complete(Replies.unauthorized());
  }

  private record Alive(boolean alive) {}

  /** In constant time, so that the token cannot be guessed letter by letter. */
  private boolean authorized(Optional<String> header) {
    return header
        .map(given -> MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization))
        .orElse(false);
  }

  private Route v1() {
    return concat(
        path(
            "health",
            () ->
                get(() ->
                    complete(Replies.ok(new Health(version, ProcessHandle.current().pid()))))),
        path("agents", () -> get(() -> reply(swarm.agents(), Replies::ok))),
        path(
            segment("agents").slash("reload"),
            () ->
                post(() ->
                    request(
                        SwarmDefinition.class,
                        body -> reply(() -> swarm.sessions().reload(body), Replies::ok)))),
        path(
            segment("agents").slash(segment()).slash("restart"),
            agent ->
                post(() -> discardEntity(() -> reply(() -> swarm.restart(agent), Replies::ok)))),
        path("overview", () -> get(() -> reply(swarm.overview(), Replies::ok))),
        path("nodes", () -> get(() -> reply(swarm.cluster().nodes(), Replies::ok))),
        path(
            segment("nodes").slash(segment()).slash("drain"),
            node ->
                post(() -> discardEntity(() -> reply(swarm.cluster().drain(node), Replies::ok)))),
        path(
            "plans",
            () ->
                post(() ->
                    request(
                        SessionRequest.class,
                        body -> reply(() -> swarm.sessions().plan(body), Replies::ok)))),
        path(
            "deletions",
            () ->
                post(() ->
                    request(
                        DeletionRequest.class,
                        body -> reply(() -> swarm.keeping().delete(ids(body)), Replies::ok)))),
        path(
            "backups",
            () ->
                post(() ->
                    request(
                        BackupRequest.class,
                        body -> reply(() -> swarm.keeping().backup(body.file()), Replies::ok)))),
        path("dead", () -> get(() -> reply(swarm.sessions().dead().list(), Replies::ok))),
        pathPrefix("sessions", this::sessions));
  }

  private Route sessions() {
    return concat(
        pathEnd(() ->
            concat(
                get(() -> reply(swarm.sessions().list(), Replies::ok)),
                post(() ->
                    optionalHeaderValueByName(
                        TRACEPARENT,
                        caller ->
                            request(
                                SessionRequest.class,
                                body ->
                                    reply(
                                        () ->
                                            swarm
                                                .sessions()
                                                .open(
                                                    body,
                                                    caller
                                                        .flatMap(TraceContext::given)
                                                        .orElse(null)),
                                        Replies::created)))))),
        pathPrefix(segment(), this::session));
  }

  private static List<SessionId> ids(DeletionRequest request) {
    return request.sessions().stream().map(EndpointRoutes::id).toList();
  }

  private static SessionId id(String text) {
    try {
      return new SessionId(text);
    } catch (IllegalArgumentException e) {
      throw new SwarmProblem(SwarmProblem.Kind.NOT_FOUND, String.valueOf(e.getMessage()), null);
    }
  }

  private Route session(String text) {
    SessionId id;
    try {
      id = id(text);
    } catch (SwarmProblem problem) {
      return complete(Replies.problem(problem));
    }
    return concat(
        pathEnd(() -> get(() -> reply(swarm.sessions().view(id), Replies::ok))),
        path("events", () -> get(() -> events(id))),
        path(
            "blackboard",
            () ->
                get(() ->
                    reply(
                        swarm.sessions().view(id).thenCompose(_ -> swarm.boards().entries(id)),
                        Replies::ok))),
        path(
            "answer",
            () ->
                get(() ->
                    parameterOptional(
                        "depth", depth -> reply(() -> answer(id, depth), Replies::markdown)))),
        path(
            "answers",
            () ->
                post(() ->
                    request(
                        AnswerRequest.class,
                        body ->
                            reply(
                                () -> swarm.sessions().questions().answer(id, body),
                                Replies::ok)))),
        path(
            "resume",
            () -> post(() -> discardEntity(() -> reply(swarm.sessions().resume(id), Replies::ok)))),
        path(
            "pause",
            () ->
                post(() ->
                    discardEntity(
                        () -> reply(() -> swarm.sessions().pacing().pause(id), Replies::ok)))),
        path(
            "unpause",
            () ->
                post(() ->
                    discardEntity(
                        () -> reply(() -> swarm.sessions().pacing().unpause(id), Replies::ok)))),
        path(
            "priority",
            () ->
                post(() ->
                    request(
                        PriorityRequest.class,
                        body ->
                            reply(
                                () -> swarm.sessions().pacing().prioritise(id, body),
                                Replies::ok)))),
        path(
            "ask",
            () ->
                post(() ->
                    request(
                        AskRequest.class,
                        body ->
                            reply(
                                () -> swarm.sessions().followUps().ask(id, body),
                                Replies::created)))),
        path(
            "retry",
            () ->
                post(() ->
                    request(
                        RetryRequest.class,
                        body ->
                            reply(() -> swarm.sessions().dead().retry(id, body), Replies::ok)))),
        path(
            "discard",
            () ->
                post(() ->
                    request(
                        DiscardRequest.class,
                        body ->
                            reply(() -> swarm.sessions().dead().discard(id, body), Replies::ok)))),
        path(
            "cancel",
            () ->
                post(() ->
                    request(
                        CancelRequest.class,
                        body ->
                            reply(
                                swarm.sessions().cancel(id, body.reason()), Replies::accepted)))));
  }

  private CompletionStage<String> answer(SessionId id, Optional<String> word) {
    var depth = depth(word.orElse(AnswerDepth.BRIEF.word()));
    return swarm
        .sessions()
        .view(id)
        .thenCompose(session -> swarm.boards().answer(id, session.question(), depth));
  }

  private static AnswerDepth depth(String word) {
    return AnswerDepth.of(word)
        .orElseThrow(() ->
            new SwarmProblem(
                SwarmProblem.Kind.BAD_REQUEST, "depth: '%s'".formatted(word), "use brief or full"));
  }

  private Route events(SessionId id) {
    return optionalHeaderValueByName(
        "Last-Event-ID",
        lastSeen ->
            onComplete(
                swarm.sessions().view(id),
                found ->
                    found.isFailure()
                        ? complete(Replies.problem(found.failed().get()))
                        : completeOK(
                            stream(id, lastSeen), EventStreamMarshalling.toEventStream())));
  }

  private Source<ServerSentEvent, NotUsed> stream(SessionId id, Optional<String> lastSeen) {
    return swarm
        .follow(id, lastSeen.orElse(null))
        .map(EndpointRoutes::event)
        .keepAlive(KEEP_ALIVE, ServerSentEvent::heartbeat);
  }

  private static ServerSentEvent event(FeedItem item) {
    return ServerSentEvent.create(
        Replies.json(item.progress()), Replies.name(item.progress()), item.id());
  }

  private <T> Route request(Class<T> type, Function<T, Route> then) {
    return entity(
        Unmarshaller.entityToString(),
        text -> {
          try {
            return then.apply(Replies.read(text, type));
          } catch (SwarmProblem problem) {
            return complete(Replies.problem(problem));
          }
        });
  }

  private Route discardEntity(Supplier<Route> then) {
    return entity(Unmarshaller.entityToString(), _ -> then.get());
  }

  private <T> Route reply(Supplier<CompletionStage<T>> work, Function<T, HttpResponse> reply) {
    try {
      return reply(work.get(), reply);
    } catch (SwarmProblem problem) {
      return complete(Replies.problem(problem));
    }
  }

  private <T> Route reply(CompletionStage<T> work, Function<T, HttpResponse> reply) {
    return completeWithFuture(
        work.handle(
            (result, failure) -> failure == null ? reply.apply(result) : Replies.problem(failure)));
  }
}
