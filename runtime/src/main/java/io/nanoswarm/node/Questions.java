package io.nanoswarm.node;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.nanoswarm.api.AnswerRequest;
import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.feed.OpenQuestion;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What tasks ask people, and what people answer. */
public final class Questions {
  private static final int MAX_ANSWER_BYTES = 16 * 1024;

  private final Sessions sessions;
  private final Asking asking;
  private final ControlParts parts;
  private final SessionViews views;

  Questions(Sessions sessions, Asking asking, ControlParts parts, SessionViews views) {
    this.sessions = sessions;
    this.asking = asking;
    this.parts = parts;
    this.views = views;
  }

  /** Hands a person's answer to the task that asks. Completes when it is stored. */
  public CompletionStage<SessionView> answer(SessionId id, AnswerRequest request) {
    int bytes = request.text().getBytes(StandardCharsets.UTF_8).length;
    if (request.text().isBlank() || bytes > MAX_ANSWER_BYTES) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "an answer of %d bytes (expected: 1 to %d, not blank)".formatted(bytes, MAX_ANSWER_BYTES),
          "put what is longer into a file of the workspace, and say where");
    }
    return sessions
        .get(id)
        .thenCompose(snapshot -> {
          OpenQuestion question = asked(snapshot, request);
          return asking.<Session.Command, SessionSnapshot>ask(
              parts.gate().sessions(),
              id.value(),
              replyTo ->
                  new Session.Answer(
                      question.task().id(), question.askedBy(), request.text(), replyTo));
        })
        .thenCompose(asking::whole)
        .thenApply(views::of);
  }

  private static OpenQuestion asked(SessionSnapshot snapshot, AnswerRequest request) {
    List<OpenQuestion> questions =
        OpenQuestion.of(snapshot).stream()
            .filter(
                open -> request.task() == null || open.task().id().name().equals(request.task()))
            .filter(open ->
                request.asked() == null || open.askedBy().toString().equals(request.asked()))
            .toList();
    if (questions.size() == 1) {
      return questions.getFirst();
    }
    String who = request.task() == null ? "session " + snapshot.session() : request.task();
    throw new SwarmProblem(
        SwarmProblem.Kind.BAD_REQUEST,
        questions.isEmpty()
            ? "%s does not ask this, or no longer".formatted(who)
            : "%s asks %d questions".formatted(who, questions.size()),
        questions.isEmpty() ? "see what it asks with `swarm show`" : "name the task that asks");
  }

  /** Those that are driven may ask a person, or be paused by one: just they know. */
  CompletionStage<List<SessionSummary>> withAsking(List<SessionSummary> all) {
    CompletionStage<Map<String, String>> asking = completedFuture(new HashMap<>());
    for (SessionSummary each : all) {
      if (each.status().equals(Sessions.RUNNING)) {
        asking =
            asking.thenCombine(
                sessions
                    .get(new SessionId(each.id()))
                    .thenApply(snapshot -> views.of(snapshot).status())
                    .exceptionally(_ -> Sessions.RUNNING),
                (states, status) -> {
                  if (status.equals("asking") || status.equals("paused")) {
                    states.put(each.id(), status);
                  }
                  return states;
                });
      }
    }
    return asking.thenApply(states ->
        all.stream().map(each -> each.in(states.getOrDefault(each.id(), each.status()))).toList());
  }
}
