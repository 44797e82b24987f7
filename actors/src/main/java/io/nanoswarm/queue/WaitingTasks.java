package io.nanoswarm.queue;

import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.Lane.Next;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The waiting tasks of one queue, and whose turn it is: one {@link Lane} for each priority of each
 * set of needs. Finding the next task costs as many looks as there are different sets of needs,
 * which are few, and nothing for each task. Not thread safe.
 */
final class WaitingTasks {
  private static final int REMEMBERED_TURNS = 1024;

  private final Map<TaskId, Waiting> byTask = new HashMap<>();
  private final Map<Set<Need>, Map<Priority, Lane>> lanes = new HashMap<>();
  private final SequencedMap<SessionId, Long> lastTurns = new LinkedHashMap<>();

  int size() {
    return byTask.size();
  }

  @Nullable Waiting of(TaskId task) {
    return byTask.get(task);
  }

  /** Adds a task; one that waits already keeps its place. */
  void put(Waiting waiting) {
    remove(waiting.offer().task());
    byTask.put(waiting.offer().task(), waiting);
    lanes
        .computeIfAbsent(waiting.needs(), _ -> new EnumMap<>(Priority.class))
        .computeIfAbsent(waiting.priority(), _ -> new Lane(this::lastTurn))
        .put(waiting);
  }

  void remove(TaskId task) {
    Waiting waiting = byTask.remove(task);
    if (waiting == null) {
      return;
    }
    Map<Priority, Lane> ofNeeds = Objects.requireNonNull(lanes.get(waiting.needs()));
    Lane lane = Objects.requireNonNull(ofNeeds.get(waiting.priority()));
    lane.remove(waiting);
    if (lane.isEmpty()) {
      ofNeeds.remove(waiting.priority());
    }
    if (ofNeeds.isEmpty()) {
      lanes.remove(waiting.needs());
    }
  }

  /** Notes that a session was served. */
  void served(SessionId session, long turn) {
    lastTurns.putLast(session, turn);
    turnChanged(session);
    while (lastTurns.size() > REMEMBERED_TURNS) {
      turnChanged(lastTurns.pollFirstEntry().getKey());
    }
  }

  private void turnChanged(SessionId session) {
    lanes.values().forEach(ofNeeds -> ofNeeds.values().forEach(lane -> lane.turnChanged(session)));
  }

  private long lastTurn(SessionId session) {
    return lastTurns.getOrDefault(session, 0L);
  }

  /**
   * The task that is next for a host, if it offers what any needs.
   *
   * @param lowerFirst whether the oldest of a lower priority goes first, if there is one
   */
  Optional<Waiting> next(Offers offers, boolean lowerFirst) {
    var eligible = new ArrayList<Map<Priority, Lane>>();
    lanes.forEach((needs, ofNeeds) -> {
      if (needs.isEmpty() || offers.lacking(needs).isEmpty()) {
        eligible.add(ofNeeds);
      }
    });
    var priorities = new HashSet<Priority>();
    eligible.forEach(ofNeeds -> priorities.addAll(ofNeeds.keySet()));
    Optional<Priority> highest = priorities.stream().max(Comparator.naturalOrder());
    if (highest.isEmpty()) {
      return Optional.empty();
    }
    if (lowerFirst) {
      Optional<Waiting> lower = oldestBelow(eligible, highest.get());
      if (lower.isPresent()) {
        return lower;
      }
    }
    return eligible.stream()
        .map(ofNeeds -> ofNeeds.get(highest.get()))
        .filter(Objects::nonNull)
        .map(Lane::next)
        .filter(Objects::nonNull)
        .min(Comparator.comparingLong(Next::turn).thenComparingLong(next -> next.waiting().order()))
        .map(Next::waiting);
  }

  private static Optional<Waiting> oldestBelow(
      List<Map<Priority, Lane>> eligible, Priority highest) {
    return eligible.stream()
        .flatMap(ofNeeds -> ofNeeds.entrySet().stream())
        .filter(entry -> entry.getKey().compareTo(highest) < 0)
        .map(entry -> entry.getValue().oldest())
        .filter(Objects::nonNull)
        .min(Comparator.comparingLong(Waiting::order));
  }
}
