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
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node keeps: deletes sessions that are over, whole, and copies everything.
 *
 * <p>Guarantees: a session is deleted whole or not at all; one that is not over is not deleted, and
 * one that is being deleted does not go on: the directory decides which of both it is. From the
 * moment at which it is listed no more nothing is kept of it: what a crash left, and what was
 * written by whoever came too late, as a worker that was paused beyond the end of its session, is
 * deleted by {@link #deleteOld}. A backup and a deletion wait for each other.
 */
public final class Keeping {
  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

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
   * not over.
   */
  public CompletionStage<Deleted> delete(Collection<SessionId> chosen) {
    var ids = new LinkedHashSet<>(chosen);
    return sessions
        .lines()
        .thenCompose(lines -> {
          check(ids, lines);
          return leave(ids);
        })
        .thenCompose(over -> {
          check(over);
          over.forEach(sessions.listing()::noteEnding);
          return sessions.listing().remove(ids);
        })
        .thenCompose(_ -> leave(ids))
        .thenApplyAsync(_ -> deleteStored(ids), places.blocking())
        .thenCompose(deleted ->
            // Whoever was asked something meanwhile has left by now, and what it wrote is deleted.
            leave(ids).thenApplyAsync(_ -> deleted.plus(deleteRows(ids)), places.blocking()));
  }

  private static void check(Set<SessionId> ids, List<SessionLine> lines) {
    var listed = lines.stream().map(SessionLine::session).toList();
    for (SessionId id : ids) {
      if (!listed.contains(id)) {
        throw new SwarmProblem(
            SwarmProblem.Kind.NOT_FOUND,
            "no session '%s'; nothing was deleted".formatted(id),
            "the sessions of this data folder are listed by `swarm sessions`");
      }
    }
  }

  /** They leave memory, and are read again if somebody asks them something. */
  private CompletionStage<List<SessionSnapshot>> leave(Set<SessionId> ids) {
    CompletionStage<List<SessionSnapshot>> all =
        CompletableFuture.completedFuture(new ArrayList<>());
    for (SessionId id : ids) {
      all =
          all.thenCompose(left ->
              asking
                  .<Session.Command, SessionSnapshot>ask(
                      parts.gate().sessions(), id.value(), Session.Leave::new)
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

  private Deleted deleteStored(Set<SessionId> ids) {
    try {
      synchronized (files) {
        long rows = places.rows().delete(ids.stream().map(SessionId::value).toList());
        for (SessionId id : ids) {
          Folders.delete(places.boards().resolve(id.value()));
        }
        var swept = new ArtifactSweep(places.rows(), places.artifacts()).sweep(clock.instant());
        LOG.info("deleted sessions {}: [{}] rows, [{}]", ids, rows, swept);
        return new Deleted(ids.size(), rows, swept.files());
      }
    } catch (SQLException | IOException e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.UNAVAILABLE,
          "not everything could be deleted: %s".formatted(e.getMessage()),
          "put that right, and repeat it");
    }
  }

  private long deleteRows(Collection<SessionId> ids) {
    try {
      synchronized (files) {
        return places.rows().delete(ids.stream().map(SessionId::value).toList());
      }
    } catch (SQLException e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.UNAVAILABLE,
          "not everything could be deleted: %s".formatted(e.getMessage()),
          "put that right; the rest is deleted at the node's next start");
    }
  }

  /**
   * Deletes what is older than it may be, as far as it is over, and what was written of sessions
   * after they had been deleted.
   */
  CompletionStage<Deleted> deleteOld(RetentionSettings settings) {
    return sessions
        .listing()
        .removed()
        .thenApplyAsync(this::deleteLeft, places.blocking())
        .thenCompose(_ -> sessions.lines())
        .thenCompose(lines -> {
          List<SessionId> old = old(lines, settings, clock.instant());
          return old.isEmpty()
              ? CompletableFuture.completedFuture(new Deleted(0, 0, 0))
              : leave(new LinkedHashSet<>(old)).thenCompose(this::deleteThoseOver);
        });
  }

  private long deleteLeft(List<SessionId> removed) {
    long rows = removed.isEmpty() ? 0 : deleteRows(removed);
    if (rows > 0) {
      LOG.info("deleted [{}] rows of sessions that had been deleted before", rows);
    }
    return rows;
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
    return delete(over);
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
