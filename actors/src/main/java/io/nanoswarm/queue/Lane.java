package io.nanoswarm.queue;

import io.nanoswarm.session.SessionId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The waiting tasks of one priority and of the same needs: by age, and by whose turn it is. Knows
 * its first of either kind at once; every change costs the logarithm of what waits. Not thread
 * safe.
 */
final class Lane {

  /** A session among those that wait here. */
  private record Turn(long turn, long order, SessionId session) implements Comparable<Turn> {
    private static final Comparator<Turn> FIRST_SERVED_LONGEST_AGO =
        Comparator.comparingLong(Turn::turn).thenComparingLong(Turn::order);

    @Override
    public int compareTo(Turn other) {
      return FIRST_SERVED_LONGEST_AGO.compare(this, other);
    }
  }

  private final ToLongFunction<SessionId> lastTurns;
  private final NavigableMap<Long, Waiting> byAge = new TreeMap<>();
  private final Map<SessionId, NavigableMap<Long, Waiting>> bySession = new HashMap<>();
  private final Map<SessionId, Turn> turnOf = new HashMap<>();
  private final TreeSet<Turn> turns = new TreeSet<>();

  /**
   * @param lastTurns when a session was served last, 0 if that is not known
   */
  Lane(ToLongFunction<SessionId> lastTurns) {
    this.lastTurns = lastTurns;
  }

  boolean isEmpty() {
    return byAge.isEmpty();
  }

  /** Adds a task, or replaces the one of the same order. */
  void put(Waiting waiting) {
    byAge.put(waiting.order(), waiting);
    bySession
        .computeIfAbsent(waiting.session(), _ -> new TreeMap<>())
        .put(waiting.order(), waiting);
    turnChanged(waiting.session());
  }

  void remove(Waiting waiting) {
    byAge.remove(waiting.order());
    var ofSession = bySession.get(waiting.session());
    if (ofSession != null) {
      ofSession.remove(waiting.order());
      if (ofSession.isEmpty()) {
        bySession.remove(waiting.session());
      }
    }
    turnChanged(waiting.session());
  }

  /** To be called whenever it is known anew when a session was served last. */
  void turnChanged(SessionId session) {
    Turn before = turnOf.remove(session);
    if (before != null) {
      turns.remove(before);
    }
    var ofSession = bySession.get(session);
    if (ofSession != null) {
      Waiting first = ofSession.firstEntry().getValue();
      long turn = Math.max(lastTurns.applyAsLong(session), first.since());
      var now = new Turn(turn, first.order(), session);
      turnOf.put(session, now);
      turns.add(now);
    }
  }

  @Nullable Waiting oldest() {
    return byAge.isEmpty() ? null : byAge.firstEntry().getValue();
  }

  /** The oldest task of the session whose turn it is, and when that session was served last. */
  @Nullable Next next() {
    if (turns.isEmpty()) {
      return null;
    }
    Turn first = turns.first();
    Waiting waiting =
        Objects.requireNonNull(bySession.get(first.session())).firstEntry().getValue();
    return new Next(first.turn(), waiting);
  }

  /** A task that may be next, and by which turn. */
  record Next(long turn, Waiting waiting) {}
}
