package io.nanoswarm.node;

import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.directory.SessionPages;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.Workspace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
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
 * meanwhile, by the next who is refused, but not while its node may still be about to do it.
 */
final class SessionListing {
  private static final String FAILED = "failed";

  /** Sessions that are asked something at the same time. */
  private static final int AT_A_TIME = 16;

  private final Asking asking;
  private final ControlParts parts;
  private final Admission admission;
  private final InstantSource clock;

  /** One for all that are refused meanwhile: a session that cannot be read takes its time. */
  private final AtomicReference<@Nullable CompletionStage<?>> givingBack = new AtomicReference<>();

  SessionListing(Asking asking, ControlParts parts, Admission admission, InstantSource clock) {
    this.asking = asking;
    this.parts = parts;
    this.admission = admission;
    this.clock = clock;
  }

  CompletionStage<List<SessionLine>> lines() {
    return new SessionPages(request ->
        asking.<SessionDirectory.Command, SessionDirectory.Sessions>ask(parts.directory(), request))
        .all();
  }

  /** As it is, be it that nobody has opened it yet. */
  CompletionStage<SessionSnapshot> stored(SessionId id) {
    return asking
        .<Session.Command, SessionSnapshot>ask(
            parts.gate().sessions(), id.value(), Session.GetSession::new)
        .thenCompose(asking::whole);
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
              : giveBackLost(unfinished)
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

  /**
   * Gives back the places of those that are over, or were never opened, though nobody has said so.
   * Does not fail: what cannot be read keeps its place.
   */
  private CompletionStage<?> giveBackLost(List<SessionLine> unfinished) {
    var mine = new CompletableFuture<@Nullable Void>();
    CompletionStage<?> others = givingBack.compareAndExchange(null, mine);
    if (others != null) {
      return others;
    }
    Instant now = clock.instant();
    var old = unfinished.stream().filter(line -> !line.isTakenJustNow(now)).toList();
    var _ =
        Source.from(old)
            .mapAsync(AT_A_TIME, line -> giveBack(line.session(), null).handle((_, _) -> line))
            .runWith(Sink.ignore(), asking.system())
            .whenComplete((_, _) -> {
              givingBack.set(null);
              mine.complete(null);
            });
    return mine;
  }

  /** The same for whoever has not seen yet how many there are. */
  private CompletionStage<?> giveBackLost() {
    return lines().thenCompose(lines -> giveBackLost(unfinished(lines)));
  }

  /**
   * Whether it may be that a node is about to open it, or to have it go on, though it is not as if.
   */
  static boolean isBeingTaken(SessionLine line, SessionSnapshot snapshot, Instant now) {
    return switch (snapshot.state()) {
      case SessionState.Active _ -> false;
      case SessionState.Absent _ -> line.isBeingTaken(Instant.EPOCH, now);
      case SessionState.Concluded over -> line.isBeingTaken(over.at(), now);
    };
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
            var _ = stored(id).thenAccept(this::noteListedEnding);
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
    return takePlace(id, most)
        .thenCompose(reply ->
            reply instanceof SessionDirectory.TooManyUnfinished
                ? giveBackLost().thenCompose(_ -> takePlace(id, most))
                : CompletableFuture.completedFuture(reply))
        .thenApply(reply ->
            switch (reply) {
              case SessionDirectory.Noted noted -> noted;
              case SessionDirectory.NotListed _ -> throw unknown(id);
              case SessionDirectory.TooManyUnfinished(var unfinished) ->
                  throw admission.tooMany(unfinished);
            })
        .thenCompose(noted ->
            CompletableFuture.completedFuture(noted)
                .thenCompose(_ -> work.get())
                .exceptionallyCompose(failure ->
                    giveBack(noted)
                        .handle((_, _) -> null)
                        .thenCompose(_ -> CompletableFuture.<T>failedStage(failure))));
  }

  private CompletionStage<SessionDirectory.ReopenReply> takePlace(SessionId id, int most) {
    return asking.ask(
        parts.directory(), replyTo -> new SessionDirectory.NoteReopening(id, most, replyTo));
  }

  /** If it was not done after all, the session is as over as it was. */
  private CompletionStage<?> giveBack(SessionDirectory.Noted taken) {
    return taken.place() == null
        ? CompletableFuture.completedFuture(null)
        : giveBack(taken.session(), taken.place());
  }

  private CompletionStage<?> giveBack(SessionId id, @Nullable Instant place) {
    return stored(id).thenAccept(snapshot -> noteEnding(snapshot, place));
  }

  /**
   * Its node may have been killed before the directory was told, or before it was opened. The
   * directory passes over it while another node may be about to open it, or to have it go on.
   */
  SessionSnapshot noteEnding(SessionSnapshot snapshot) {
    noteEnding(snapshot, null);
    return snapshot;
  }

  /**
   * @param place the place that is given back with that, null if none
   */
  private void noteEnding(SessionSnapshot snapshot, @Nullable Instant place) {
    SessionId id = snapshot.session();
    switch (snapshot.state()) {
      case SessionState.Active _ -> {}
      case SessionState.Absent _ ->
          tell(new SessionDirectory.NoteEnding(id, FAILED, Instant.EPOCH, place));
      case SessionState.Concluded over ->
          tell(new SessionDirectory.NoteEnding(id, over.ending().word(), over.at(), place));
    }
  }

  /** Nobody else opens what was listed here. */
  private void noteListedEnding(SessionSnapshot snapshot) {
    if (snapshot.state() instanceof SessionState.Absent) {
      tell(new SessionDirectory.NoteEnding(snapshot.session(), FAILED, null, null));
    } else {
      noteEnding(snapshot, null);
    }
  }

  private void tell(SessionDirectory.NoteEnding ending) {
    parts.directory().tell(ending);
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
