package io.nanoswarm.node;

import io.nanoswarm.api.PriorityRequest;
import io.nanoswarm.api.SessionPriority;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Whether sessions are worked on, and how urgently, as people want it.
 *
 * <p>Guarantees: it is stored when a stage completes, whether somebody drives the session or not.
 * What is so already is answered the same; of a session that is over, nothing changes, and the
 * stage fails with the reason.
 */
public final class Pacing {
  private final Sessions sessions;
  private final Asking asking;
  private final ControlParts parts;
  private final SessionViews views;

  Pacing(Sessions sessions, Asking asking, ControlParts parts, SessionViews views) {
    this.sessions = sessions;
    this.asking = asking;
    this.parts = parts;
    this.views = views;
  }

  /** Nothing of it is begun from then on; see {@link Session.Pause}. */
  public CompletionStage<SessionView> pause(SessionId id) {
    return wish(id, Session.Pause::new);
  }

  /** It goes on, once somebody drives it. */
  public CompletionStage<SessionView> unpause(SessionId id) {
    return wish(id, Session.Unpause::new);
  }

  /** Its tasks are more or less urgent than those of others; see {@link Session.Prioritise}. */
  public CompletionStage<SessionView> prioritise(SessionId id, PriorityRequest request) {
    Priority priority =
        SessionPriority.of(request.priority())
            .map(each -> Priority.valueOf(each.name()))
            .orElseThrow(() ->
                new SwarmProblem(
                    SwarmProblem.Kind.BAD_REQUEST,
                    "priority: '%s' (expected: one of %s)"
                        .formatted(request.priority(), SessionPriority.words()),
                    null));
    return wish(id, replyTo -> new Session.Prioritise(priority, replyTo));
  }

  private CompletionStage<SessionView> wish(
      SessionId id, Function<ActorRef<Session.WishReply>, Session.Command> wish) {
    return sessions
        .get(id)
        .thenCompose(_ ->
            asking.<Session.Command, Session.WishReply>ask(
                parts.gate().sessions(), id.value(), wish))
        .thenCompose(asking::whole)
        .thenApply(reply ->
            switch (reply) {
              case Session.Done(var session) -> views.of(session);
              case Session.NotDone(var why) ->
                  throw new SwarmProblem(
                      SwarmProblem.Kind.BAD_REQUEST,
                      "session %s: %s".formatted(id, why),
                      "look at it with `swarm show %s`".formatted(id));
            });
  }
}
