package io.nanoswarm.node;

import io.nanoswarm.api.BackupView;
import io.nanoswarm.api.Deleted;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.store.ArtifactSweep;
import io.nanoswarm.store.Backup;
import io.nanoswarm.store.Folders;
import io.nanoswarm.store.SessionRows;
import io.nanoswarm.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node keeps: deletes sessions that are over, whole, and copies everything.
 *
 * <p>Guarantees: one that is not over is not deleted, and one that is being deleted does not go on:
 * the directory decides which of both it is. From the moment at which it is listed no more nothing
 * is kept of it: what a failure or a crash left, and what was written by whoever came too late, as
 * a worker that was paused beyond the end of its session, is deleted when the deletion is repeated,
 * and by {@link #deleteOld}. A backup and a deletion wait for each other.
 */
public final class Keeping {
  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

  /** The directory handles no other message while it removes so many. */
  private static final int AT_A_TIME = 100;

  /**
   * Where what is kept is.
   *
   * @param data the data folder
   * @param boards folder of the mirrored blackboards
   * @param artifacts folder of the artifacts
   * @param blocking for work that blocks
   */
  record Places(SessionRows rows, Path data, Path boards, Path artifacts, Executor blocking) {}

  private final Sessions sessions;
  private final Asking asking;
  private final ControlParts parts;
  private final Places places;
  private final InstantSource clock;

  /** Held by whoever deletes files or copies them. */
  private final Object files = new Object();

  Keeping(
      Sessions sessions, Asking asking, ControlParts parts, Places places, InstantSource clock) {
    this.sessions = sessions;
    this.asking = asking;
    this.parts = parts;
    this.places = places;
    this.clock = clock;
  }

  /**
   * Deletes everything of sessions that are over. Fails, and deletes nothing, if one is unknown, or
   * not over. May be repeated if it failed later.
   */
  public CompletionStage<Deleted> delete(Collection<SessionId> chosen) {
    var ids = new LinkedHashSet<>(chosen);
    return listed()
        .thenCombine(
            removed(),
            (known, removed) -> {
              known.addAll(removed);
              return known;
            })
        .thenCompose(known -> {
          check(ids, known);
          return deleteKnown(ids);
        })
        .thenApplyAsync(this::sweep, places.blocking());
  }

  private CompletionStage<Set<SessionId>> listed() {
    return sessions
        .lines()
        .thenApply(lines -> lines.stream().map(SessionLine::session).collect(Collectors.toSet()));
  }

  /** None if they cannot be asked for, as from a node of before there was that question. */
  private CompletionStage<List<SessionId>> removed() {
    return sessions
        .listing()
        .removed()
        .exceptionally(failure -> {
          LOG.warn("it is not known which sessions were deleted before: [{}]", failure.toString());
          return List.of();
        });
  }

  /** All but artifacts. */
  private CompletionStage<Deleted> deleteKnown(Set<SessionId> ids) {
    return leave(ids, false)
        .thenCompose(over -> {
          check(over);
          over.forEach(sessions.listing()::noteEnding);
          return sessions.listing().remove(ids);
        })
        .thenCompose(_ -> leave(ids, true))
        .thenApplyAsync(
            _ -> new Deleted(ids.size(), deleteStored(ids).rows(), 0), places.blocking())
        .thenCompose(deleted ->
            // Whoever was asked something meanwhile has left by now, and what it wrote is deleted.
            leave(ids, true)
                .thenApplyAsync(_ -> deleted.plus(deleteStored(ids).rows()), places.blocking()));
  }

  private static void check(Set<SessionId> ids, Set<SessionId> known) {
    for (SessionId id : ids) {
      if (!known.contains(id)) {
        throw new SwarmProblem(
            SwarmProblem.Kind.NOT_FOUND,
            "no session '%s'; nothing was deleted".formatted(id),
            "the sessions of this data folder are listed by `swarm sessions`");
      }
    }
  }

  /**
   * They leave memory, and are read again if somebody asks them something.
   *
   * @param whatever also those that go on: they are listed no more
   */
  private CompletionStage<List<SessionSnapshot>> leave(Set<SessionId> ids, boolean whatever) {
    CompletionStage<List<SessionSnapshot>> all =
        CompletableFuture.completedFuture(new ArrayList<>());
    for (SessionId id : ids) {
      all =
          all.thenCompose(left ->
              asking
                  .<Session.Command, SessionSnapshot>ask(
                      parts.gate().sessions(),
                      id.value(),
                      replyTo -> new Session.Leave(whatever, replyTo))
                  .thenApply(snapshot -> {
                    left.add(snapshot);
                    return left;
                  }));
    }
    return all;
  }

  private static void check(List<SessionSnapshot> left) {
    for (SessionSnapshot snapshot : left) {
      if (snapshot.state() instanceof SessionState.Active) {
        throw SessionListing.notOver(snapshot.session());
      }
    }
  }

  /** What there was of sessions, but for artifacts. */
  private record Found(long rows, int boards) {}

  private Found deleteStored(Collection<SessionId> ids) {
    try {
      synchronized (files) {
        long rows = places.rows().delete(ids.stream().map(SessionId::value).toList());
        int boards = 0;
        for (SessionId id : ids) {
          Path board = places.boards().resolve(id.value());
          boards += Files.exists(board) ? 1 : 0;
          Folders.delete(board);
        }
        return new Found(rows, boards);
      }
    } catch (SQLException | IOException e) {
      throw notAll(e);
    }
  }

  private Deleted sweep(Deleted deleted) {
    try {
      synchronized (files) {
        var swept = new ArtifactSweep(places.rows(), places.artifacts()).sweep(clock.instant());
        LOG.info(
            "deleted [{}] sessions: [{}] rows, [{}]", deleted.sessions(), deleted.rows(), swept);
        return new Deleted(deleted.sessions(), deleted.rows(), swept.files());
      }
    } catch (SQLException | IOException e) {
      throw notAll(e);
    }
  }

  private static SwarmProblem notAll(Exception e) {
    return new SwarmProblem(
        SwarmProblem.Kind.UNAVAILABLE,
        "not everything could be deleted: %s".formatted(e.getMessage()),
        "put that right, and repeat it; the rest is deleted at the node's next start as well");
  }

  /**
   * Deletes what is older than it may be, as far as it is over, and what was left of sessions that
   * had been deleted, or written of them after that.
   */
  CompletionStage<Deleted> deleteOld(RetentionSettings settings) {
    return removed()
        .thenAcceptAsync(this::deleteLeft, places.blocking())
        .exceptionally(failure -> {
          LOG.warn("what is left of deleted sessions stays for now: [{}]", failure.toString());
          return null;
        })
        .thenCompose(_ -> sessions.lines())
        .thenCompose(lines -> {
          List<SessionId> old = old(lines, settings, clock.instant());
          return old.isEmpty()
              ? CompletableFuture.completedFuture(new Deleted(0, 0, 0))
              : leave(new LinkedHashSet<>(old), false).thenCompose(this::deleteThoseOver);
        });
  }

  private void deleteLeft(List<SessionId> removed) {
    Found found = removed.isEmpty() ? new Found(0, 0) : deleteStored(removed);
    if (found.rows() > 0 || found.boards() > 0) {
      LOG.info("of sessions that had been deleted before: [{}]", found);
      sweep(new Deleted(0, found.rows(), 0));
    }
  }

  /** The same from now on, again and again, as long as the node lives. */
  void deleteOld(RetentionSettings settings, ActorSystem<?> system) {
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Duration.ZERO,
            settings.every(),
            () ->
                deleteOld(settings)
                    .whenComplete((_, failure) -> {
                      if (failure != null) {
                        LOG.warn("old sessions could not be deleted: [{}]", failure.toString());
                      }
                    }),
            system.executionContext());
  }

  /** The directory may have missed that one goes on. */
  private CompletionStage<Deleted> deleteThoseOver(List<SessionSnapshot> left) {
    var over = new ArrayList<SessionId>();
    for (SessionSnapshot snapshot : left) {
      if (snapshot.state() instanceof SessionState.Active) {
        parts
            .directory()
            .tell(
                new SessionDirectory.NoteReopening(
                    snapshot.session(), Integer.MAX_VALUE, asking.system().ignoreRef()));
      } else {
        over.add(snapshot.session());
      }
    }
    CompletionStage<Deleted> deleted = CompletableFuture.completedFuture(new Deleted(0, 0, 0));
    for (int from = 0; from < over.size(); from += AT_A_TIME) {
      var some = new LinkedHashSet<>(over.subList(from, Math.min(over.size(), from + AT_A_TIME)));
      deleted =
          deleted.thenCompose(before ->
              deleteKnown(some)
                  .thenApply(more ->
                      new Deleted(
                          before.sessions() + more.sessions(), before.rows() + more.rows(), 0)));
    }
    return over.isEmpty() ? deleted : deleted.thenApplyAsync(this::sweep, places.blocking());
  }

  static List<SessionId> old(List<SessionLine> lines, RetentionSettings settings, Instant now) {
    List<SessionLine> over =
        lines.stream()
            .filter(line -> line.endedAt() != null)
            .sorted(Comparator.comparing(line -> Objects.requireNonNull(line.endedAt())))
            .toList();
    int tooMany = settings.maxEnded() == 0 ? 0 : Math.max(0, over.size() - settings.maxEnded());
    Instant before =
        settings.endedSessions().isZero() ? Instant.MIN : now.minus(settings.endedSessions());
    var old = new LinkedHashSet<SessionId>();
    over.stream().limit(tooMany).map(SessionLine::session).forEach(old::add);
    over.stream()
        .filter(line -> Objects.requireNonNull(line.endedAt()).isBefore(before))
        .map(SessionLine::session)
        .forEach(old::add);
    return List.copyOf(old);
  }

  /** Copies the data folder into a file that does not exist yet. */
  public CompletionStage<BackupView> backup(String file) {
    return sessions
        .lines()
        .thenApplyAsync(
            lines -> {
              try {
                synchronized (files) {
                  long bytes = Backup.write(places.data(), places.rows(), absolute(file));
                  return new BackupView(file, bytes, lines.size());
                }
              } catch (StoreProblem e) {
                throw new SwarmProblem(
                    SwarmProblem.Kind.BAD_REQUEST, String.valueOf(e.getMessage()), e.hint());
              } catch (SQLException | IOException e) {
                throw new SwarmProblem(
                    SwarmProblem.Kind.UNAVAILABLE,
                    "%s cannot be written: %s".formatted(file, e.getMessage()),
                    "name a file on a disk with more space");
              }
            },
            places.blocking());
  }

  private static Path absolute(String file) {
    try {
      Path path = Path.of(file);
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException _) {
      // refused below
    }
    throw new SwarmProblem(
        SwarmProblem.Kind.BAD_REQUEST,
        "'%s' is no absolute path of a file".formatted(file),
        "name the file with its folder");
  }
}
