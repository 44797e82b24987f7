package io.nanoswarm.node;

import io.nanoswarm.api.AskRequest;
import io.nanoswarm.api.FollowUpView;
import io.nanoswarm.api.Opened;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.Workspace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Further questions to sessions that are over.
 *
 * <p>Guarantees: a question is stored when its stage completes, and the session is driven. The
 * directory knows that the session goes on before the session does, so that it is found whatever
 * dies in between.
 */
public final class FollowUps {
  private final Sessions sessions;
  private final SessionListing listing;
  private final Asking asking;
  private final ControlParts parts;
  private final WorkspaceIntake workspaces;

  FollowUps(
      Sessions sessions,
      SessionListing listing,
      Asking asking,
      ControlParts parts,
      WorkspaceIntake workspaces) {
    this.sessions = sessions;
    this.listing = listing;
    this.asking = asking;
    this.parts = parts;
    this.workspaces = workspaces;
  }

  /** Has a session that is over work on a further question, over its folder as it is now. */
  public CompletionStage<FollowUpView> ask(SessionId id, AskRequest request) {
    Goal goal = CheckedRequest.goal(request.goal());
    Duration limit = CheckedRequest.timeLimit(request.timeoutSeconds());
    return sessions
        .get(id)
        .thenCompose(snapshot -> {
          SessionState.Active last = askable(snapshot);
          return sessions
              .admit()
              .thenCompose(_ -> take(last))
              .thenCompose(workspace -> reopen(snapshot, last, goal, workspace, limit));
        });
  }

  private static SessionState.Active askable(SessionSnapshot snapshot) {
    SessionId id = snapshot.session();
    return switch (snapshot.state()) {
      case SessionState.Concluded(var last, Ending.Cancelled _, _) ->
          throw new SwarmProblem(
              SwarmProblem.Kind.BAD_REQUEST,
              "session %s was cancelled, for good".formatted(id),
              "begin another in %s with `swarm run \"…\"`"
                  .formatted(last.opening().workspace().root()));
      case SessionState.Concluded(var last, var _, _) -> last;
      case SessionState.Active _ -> throw busy(id);
      case SessionState.Absent _ ->
          throw new SwarmProblem(
              SwarmProblem.Kind.NOT_FOUND, "no session '%s'".formatted(id), null);
    };
  }

  private static SwarmProblem busy(SessionId id) {
    return new SwarmProblem(
        SwarmProblem.Kind.BAD_REQUEST,
        "session %s is not over: it works on a question".formatted(id),
        "wait for it with `swarm watch %s`; if it is paused: `swarm resume %s`".formatted(id, id));
  }

  private CompletionStage<Workspace> take(SessionState.Active last) {
    return workspaces
        .takeAgain(last.opening().workspace())
        .thenApply(WorkspaceIntake.Taken::workspace);
  }

  private CompletionStage<FollowUpView> reopen(
      SessionSnapshot before,
      SessionState.Active last,
      Goal goal,
      Workspace workspace,
      @Nullable Duration limit) {
    SessionId id = before.session();
    int number = last.questions() + 1;
    return listing
        .reopen(
            id,
            false,
            () ->
                sessions
                    .prepare(id, last.opening())
                    .thenCompose(swarm ->
                        asking
                            .<Session.Command, Session.WishReply>ask(
                                parts.gate().sessions(),
                                id.value(),
                                replyTo ->
                                    new Session.AskFurther(number, goal, workspace, limit, replyTo))
                            .thenCompose(asking::whole)
                            .thenCompose(reply -> takeUp(id, swarm, reply))))
        .thenApply(_ -> new FollowUpView(id.value(), number))
        .thenCompose(asked ->
            // Without that it is just listed with the question before.
            noteQuestion(id, number, goal).handle((_, _) -> asked));
  }

  private CompletionStage<Opened> takeUp(
      SessionId id, SessionSwarm swarm, Session.WishReply reply) {
    return switch (reply) {
      case Session.Done(var snapshot) ->
          sessions.takeUp(id, swarm, snapshot.active().orElseThrow());
      case Session.NotDone(var why) ->
          throw new SwarmProblem(
              SwarmProblem.Kind.BAD_REQUEST,
              "session %s: %s".formatted(id, why),
              "look at it with `swarm show %s`".formatted(id));
    };
  }

  private CompletionStage<SessionDirectory.Noted> noteQuestion(
      SessionId id, int number, Goal goal) {
    return note(replyTo -> new SessionDirectory.NoteFollowUp(id, number, goal.text(), replyTo));
  }

  /** Its node may have been killed before the directory was told what it was asked. */
  CompletionStage<SessionSnapshot> noteLatest(SessionSnapshot snapshot) {
    SessionState.Active active = snapshot.active().orElse(null);
    return active == null || active.questions() == 1
        ? CompletableFuture.completedFuture(snapshot)
        : noteQuestion(snapshot.session(), active.questions(), active.question().goal())
            .thenApply(_ -> snapshot);
  }

  private <R> CompletionStage<R> note(Function<ActorRef<R>, SessionDirectory.Command> command) {
    return asking.ask(parts.directory(), command);
  }
}
