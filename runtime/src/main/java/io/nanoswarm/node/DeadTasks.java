package io.nanoswarm.node;

import io.nanoswarm.api.DeadTask;
import io.nanoswarm.api.DiscardRequest;
import io.nanoswarm.api.Opened;
import io.nanoswarm.api.RetryRequest;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskRecord;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Tasks that have ended badly, and what people do about them. */
public final class DeadTasks {
  private static final String COMPLETED = "completed";
  private static final int MAX_REASON = 1000;

  private final Sessions sessions;
  private final SessionListing listing;
  private final Asking asking;
  private final ControlParts parts;
  private final SessionViews views;

  DeadTasks(
      Sessions sessions,
      SessionListing listing,
      Asking asking,
      ControlParts parts,
      SessionViews views) {
    this.sessions = sessions;
    this.listing = listing;
    this.asking = asking;
    this.parts = parts;
    this.views = views;
  }

  /**
   * Of all sessions, the latest session first; without those that were discarded, and those of
   * earlier questions.
   */
  public CompletionStage<List<DeadTask>> list() {
    return listing
        .lines()
        .thenCompose(lines ->
            listing.ofEach(
                lines.reversed().stream()
                    .filter(line -> !COMPLETED.equals(line.ending()))
                    .map(SessionLine::session)
                    .toList(),
                this::of))
        .thenApply(each -> each.stream().flatMap(List::stream).toList());
  }

  private List<DeadTask> of(SessionSnapshot snapshot) {
    return snapshot.active().stream()
        .flatMap(active -> active.tasksOfQuestion().stream())
        .filter(task -> task.endedBadly() && !task.discarded())
        .map(task -> view(snapshot, task))
        .toList();
  }

  private DeadTask view(SessionSnapshot snapshot, TaskRecord record) {
    SessionView session = views.of(snapshot);
    SessionView.TaskView task =
        session.tasks().stream()
            .filter(each -> each.id().equals(record.id().name()))
            .findFirst()
            .orElseThrow();
    return new DeadTask(
        session.id(),
        session.goal(),
        session.status(),
        task.id(),
        task.role(),
        task.title(),
        task.state(),
        task.note() == null ? "" : task.note(),
        task.attempts(),
        record.history(),
        task.endedAt() == null ? session.openedAt() : task.endedAt());
  }

  /**
   * Has tasks done anew, with what came after them, and drives their session. Completes when that
   * is stored. The directory knows that the session goes on before the session does: so it is not
   * deleted meanwhile. What a crash left half done is done when it is asked for again.
   */
  public CompletionStage<Opened> retry(SessionId id, RetryRequest request) {
    return sessions
        .get(id)
        .thenCompose(before -> {
          List<TaskId> tasks = request.tasks().stream().map(name -> task(id, name)).toList();
          String why = before.whyNotRetried(tasks);
          return listing
              .lines()
              .thenCompose(lines -> {
                boolean goesOn = reopened(before, lines);
                if (why != null && !goesOn) {
                  throw notDone(id, why);
                }
                return listing.reopen(id, goesOn, () -> retry(id, tasks, goesOn));
              });
        })
        .thenCompose(_ -> sessions.resume(id));
  }

  /**
   * @param goesOn whether it may be that this was done before
   */
  private CompletionStage<Session.WishReply> retry(
      SessionId id, List<TaskId> tasks, boolean goesOn) {
    return this.<Session.WishReply>tell(id, replyTo -> new Session.Retry(tasks, replyTo))
        .thenApply(reply -> {
          if (reply instanceof Session.NotDone(var why) && !goesOn) {
            throw notDone(id, why);
          }
          return reply;
        });
  }

  /** Whether its tasks are being tried again already, and just the directory does not know. */
  private static boolean reopened(SessionSnapshot session, List<SessionLine> lines) {
    return session.state() instanceof SessionState.Active
        && lines.stream()
            .anyMatch(line -> line.session().equals(session.session()) && line.ending() != null);
  }

  /** Gives a task up, or lists it no more. Completes when that is stored. */
  public CompletionStage<SessionView> discard(SessionId id, DiscardRequest request) {
    if (request.reason().length() > MAX_REASON) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "a reason of %d characters (expected: at most %d)"
              .formatted(request.reason().length(), MAX_REASON),
          null);
    }
    return sessions
        .get(id)
        .thenCompose(_ ->
            this.<Session.WishReply>tell(
                id,
                replyTo ->
                    new Session.Discard(task(id, request.task()), request.reason(), replyTo)))
        .thenCompose(asking::whole)
        .thenApply(reply ->
            switch (reply) {
              case Session.Done(var session) -> views.of(session);
              case Session.NotDone(var why) -> throw notDone(id, why);
            });
  }

  private <R> CompletionStage<R> tell(
      SessionId id, Function<ActorRef<R>, Session.Command> command) {
    return asking.ask(parts.gate().sessions(), id.value(), command);
  }

  private static SwarmProblem notDone(SessionId id, String why) {
    return new SwarmProblem(
        SwarmProblem.Kind.BAD_REQUEST,
        "session %s: %s".formatted(id, why),
        "look at it with `swarm show %s`".formatted(id));
  }

  private static TaskId task(SessionId id, String name) {
    try {
      return TaskId.of(id, name);
    } catch (IllegalArgumentException e) {
      throw new SwarmProblem(SwarmProblem.Kind.BAD_REQUEST, String.valueOf(e.getMessage()), null);
    }
  }
}
