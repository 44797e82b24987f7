package io.nanoswarm.node;

import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * What the directory is asked and told about sessions, and how many are taken on.
 *
 * <p>Guarantees: of sessions that are not over there are no more than may be, also if several are
 * opened, or go on, at once, on whatever nodes: the directory decides about each together with
 * listing it. What is listed and then not done is given back: at once, or, if its node died
 * meanwhile, by the next who is refused.
 */
final class SessionListing {
  /** No node takes longer to open a session that it has listed. */
  static final Duration OPENED_WITHIN = Duration.ofMinutes(2);

  /** Sessions that are asked something at the same time. */
  private static final int AT_A_TIME = 16;

  private final Asking asking;
  private final ControlParts parts;
  private final Admission admission;
  private final InstantSource clock;

  SessionListing(Asking asking, ControlParts parts, Admission admission, InstantSource clock) {
    this.asking = asking;
    this.parts = parts;
    this.admission = admission;
    this.clock = clock;
  }

  CompletionStage<List<SessionLine>> lines() {
    return asking
        .<SessionDirectory.Command, SessionDirectory.Sessions>ask(
            parts.directory(), SessionDirectory.GetSessions::new)
        .thenApply(SessionDirectory.Sessions::lines);
  }

  /** As it is, be it that nobody has opened it yet. */
  CompletionStage<SessionSnapshot> stored(SessionId id) {
    return asking.ask(parts.gate().sessions(), id.value(), Session.GetSession::new);
  }

  /** Asks several sessions at a time for something, and has their answers in the same order. */
  <T> CompletionStage<List<T>> ofEach(
      Collection<SessionId> sessions, Function<SessionSnapshot, T> wanted) {
    return Source.from(List.copyOf(sessions))
        .mapAsync(AT_A_TIME, id -> stored(id).thenApply(wanted))
        .runWith(Sink.seq(), asking.system());
  }

  /**
   * Fails if no session more is taken on, before anything is done for one. Whether there is a place
   * is decided when it is listed.
   */
  CompletionStage<Void> check() {
    admission.checkSpace();
    return lines()
        .thenCompose(lines -> {
          List<SessionLine> unfinished = unfinished(lines);
          return unfinished.size() < admission.most()
              ? CompletableFuture.completedFuture(unfinished)
              : giveBack(unfinished)
                  .handle((_, _) -> null)
                  .thenCompose(_ -> lines().thenApply(SessionListing::unfinished));
        })
        .thenAccept(unfinished -> {
          if (unfinished.size() >= admission.most()) {
            throw admission.tooMany(unfinished.size());
          }
        });
  }

  private static List<SessionLine> unfinished(List<SessionLine> lines) {
    return lines.stream().filter(line -> line.ending() == null).toList();
  }

  /** The places of those that are over, or were never opened, though nobody has said so. */
  private CompletionStage<?> giveBack(List<SessionLine> unfinished) {
    Instant before = clock.instant().minus(OPENED_WITHIN);
    var old =
        unfinished.stream()
            .filter(line -> line.openedAt().isBefore(before))
            .map(SessionLine::session)
            .toList();
    return ofEach(old, this::noteEnding);
  }

  /** Takes a place for a session that is about to be opened, by the work; else it is given back. */
  <T> CompletionStage<T> list(
      SessionId id, Goal goal, Workspace workspace, Supplier<CompletionStage<T>> open) {
    return asking
        .<SessionDirectory.Command, SessionDirectory.ListReply>ask(
            parts.directory(),
            replyTo ->
                new SessionDirectory.ListSession(
                    id, goal.text(), workspace.root(), admission.most(), replyTo))
        .thenAccept(this::check)
        .thenCompose(_ -> open.get())
        .whenComplete((_, failure) -> {
          if (failure != null) {
            // Nobody waits for that: if the journal is away, it takes its time.
            var _ = giveBack(id);
          }
        });
  }

  private void check(SessionDirectory.ListReply reply) {
    switch (reply) {
      case SessionDirectory.Listed _ -> {}
      case SessionDirectory.Full(var limit) ->
          throw new SwarmProblem(
              SwarmProblem.Kind.UNAVAILABLE,
              "this data folder holds %d sessions, the most it may".formatted(limit),
              "use another folder with --data DIR");
      case SessionDirectory.TooManyUnfinished(var unfinished) ->
          throw admission.tooMany(unfinished);
    }
  }

  /**
   * Takes a place for a session that was over, and goes on by the work; else it is given back.
   *
   * @param goesOn whether it goes on already, and just the directory does not know
   */
  <T> CompletionStage<T> reopen(SessionId id, boolean goesOn, Supplier<CompletionStage<T>> work) {
    int most = goesOn ? Integer.MAX_VALUE : admission.most();
    return asking
        .<SessionDirectory.Command, SessionDirectory.ReopenReply>ask(
            parts.directory(), replyTo -> new SessionDirectory.NoteReopening(id, most, replyTo))
        .thenAccept(reply -> {
          switch (reply) {
            case SessionDirectory.Noted _ -> {}
            case SessionDirectory.NotListed _ -> throw unknown(id);
            case SessionDirectory.TooManyUnfinished(var unfinished) ->
                throw admission.tooMany(unfinished);
          }
        })
        .thenCompose(_ -> work.get())
        .exceptionallyCompose(failure ->
            giveBack(id)
                .handle((_, _) -> null)
                .thenCompose(_ -> CompletableFuture.<T>failedStage(failure)));
  }

  /** If it was not done after all, the session is as over as it was. */
  private CompletionStage<?> giveBack(SessionId id) {
    return stored(id).thenAccept(this::noteEnding);
  }

  /** Its node may have been killed before the directory was told, or before it was opened. */
  SessionSnapshot noteEnding(SessionSnapshot snapshot) {
    switch (snapshot.state()) {
      case SessionState.Active _ -> {}
      case SessionState.Absent _ -> noteEnding(snapshot.session(), null);
      case SessionState.Concluded over -> noteEnding(snapshot.session(), over.ending());
    }
    return snapshot;
  }

  private void noteEnding(SessionId id, @Nullable Ending ending) {
    String word = ending == null ? "failed" : ending.word();
    parts.directory().tell(new SessionDirectory.NoteEnding(id, word));
  }

  /** Lists sessions no more: none of them, if one goes on. */
  CompletionStage<Void> remove(Set<SessionId> ids) {
    return asking
        .<SessionDirectory.Command, SessionDirectory.RemoveReply>ask(
            parts.directory(), replyTo -> new SessionDirectory.RemoveAll(ids, replyTo))
        .thenAccept(reply -> {
          switch (reply) {
            case SessionDirectory.Removed _ -> {}
            case SessionDirectory.NotOver(var id) -> throw notOver(id);
          }
        });
  }

  /** Those that are listed no more, the latest. */
  CompletionStage<List<SessionId>> removed() {
    return asking
        .<SessionDirectory.Command, SessionDirectory.Gone>ask(
            parts.directory(), SessionDirectory.GetRemoved::new)
        .thenApply(SessionDirectory.Gone::sessions);
  }

  static SwarmProblem unknown(SessionId id) {
    return new SwarmProblem(
        SwarmProblem.Kind.NOT_FOUND,
        "no session '%s'".formatted(id),
        "the sessions of this data folder are listed by `sessions`");
  }

  static SwarmProblem notOver(SessionId id) {
    return new SwarmProblem(
        SwarmProblem.Kind.BAD_REQUEST,
        "session %s is not over; nothing was deleted".formatted(id),
        "end it first with `swarm cancel %s`".formatted(id));
  }
}
