package io.nanoswarm.blackboard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nanoswarm.blackboard.BlackboardEvent.AttemptEnded;
import io.nanoswarm.blackboard.BlackboardEvent.AttemptSettled;
import io.nanoswarm.blackboard.BlackboardEvent.EntryPosted;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Pure: what stands on a blackboard, and which attempts may still post. Knows no actor, clock or
 * journal.
 *
 * @param revision of the latest change, 0 before the first
 * @param entries by path, as many as the settings allow
 * @param attempts by task, what is known of its latest attempt; as many as the session has tasks
 * @param bytes of all drafts together
 */
record BlackboardState(
    long revision, Map<EntryPath, Entry> entries, Map<TaskId, Attempt> attempts, long bytes) {
  static final BlackboardState EMPTY = new BlackboardState(0, Map.of(), Map.of(), 0);

  /** The latest attempt at a task, as far as the blackboard knows. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "attempt")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Open.class, name = "open"),
    @JsonSubTypes.Type(value = Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = Settled.class, name = "settled")
  })
  sealed interface Attempt {
    Fence fence();

    default boolean admits(Fence presented) {
      return switch (this) {
        case Open(var fence) -> !presented.isOlderThan(fence);
        case Ended(var fence) -> fence.isOlderThan(presented);
        case Settled(var fence) -> fence.isOlderThan(presented);
      };
    }
  }

  /** It, and any later one, may post. */
  record Open(Fence fence) implements Attempt {}

  /** Just a later one may post. */
  record Ended(Fence fence) implements Attempt {}

  /** Just a later one may post, which there is if the task is tried again by a person's wish. */
  record Settled(Fence fence) implements Attempt {}

  BlackboardState {
    entries = persistent(entries);
    attempts = persistent(attempts);
  }

  BlackboardState apply(BlackboardEvent event) {
    return switch (event) {
      case EntryPosted(var entry, var unfinished) -> mark(unfinished).put(entry);
      case AttemptEnded(var task, var fence, var unfinished) ->
          mark(unfinished).with(expectAdmitted(task, fence), new Ended(fence));
      case AttemptSettled(var task, var fence, var unfinished) ->
          mark(unfinished).with(expectAdmitted(task, fence), new Settled(fence));
    };
  }

  /** The entry at a path, or null if nothing stands there. */
  @Nullable Entry at(EntryPath path) {
    return entries.get(path);
  }

  /** The fence that keeps an author from posting, or null if he may. */
  @Nullable Fence refusal(Author author) {
    if (!(author instanceof Author.Agent agent)) {
      return null;
    }
    var latest = attempts.get(agent.task());
    return latest == null || latest.admits(agent.fence()) ? null : latest.fence();
  }

  /** What a task's attempts have posted that is not yet marked, by path. */
  List<EntryPath> unmarked(TaskId task, Predicate<Fence> fences) {
    return entries.values().stream()
        .filter(entry -> !entry.unfinished())
        .filter(entry ->
            entry.author() instanceof Author.Agent agent
                && agent.task().equals(task)
                && fences.test(agent.fence()))
        .map(Entry::path)
        .sorted(Comparator.comparing(EntryPath::value))
        .toList();
  }

  /** What changed after a revision, in the order of revisions. */
  List<Entry> since(long after) {
    if (after >= revision) {
      return List.of();
    }
    return entries.values().stream()
        .filter(entry -> entry.revision() > after)
        .sorted(Comparator.comparingLong(Entry::revision))
        .toList();
  }

  /** The entries of some sections, by path. */
  List<Entry> in(Set<Section> sections) {
    return entries.values().stream()
        .filter(entry -> sections.contains(entry.path().section()))
        .sorted(Comparator.comparing(entry -> entry.path().value()))
        .toList();
  }

  private BlackboardState mark(List<EntryPath> unfinished) {
    if (unfinished.isEmpty()) {
      return this;
    }
    var marked = persistent(entries);
    long next = revision;
    for (EntryPath path : unfinished) {
      var entry = entries.get(path);
      if (entry == null) {
        throw new IllegalStateException("entry %s: absent (expected: one to mark)".formatted(path));
      }
      next++;
      marked = marked.plus(path, new Entry(next, entry.draft(), entry.author(), entry.at(), true));
    }
    return new BlackboardState(next, marked, attempts, bytes);
  }

  private BlackboardState put(Entry entry) {
    if (entry.revision() != revision + 1 || refusal(entry.author()) != null) {
      throw new IllegalStateException(
          "entry %s: revision %d by %s (expected: revision %d, by an attempt that is not over)"
              .formatted(entry.path(), entry.revision(), entry.author(), revision + 1));
    }
    var replaced = entries.get(entry.path());
    long freed = replaced == null ? 0 : replaced.draft().bytes();
    var posted =
        new BlackboardState(
            entry.revision(),
            persistent(entries).plus(entry.path(), entry),
            attempts,
            bytes + entry.draft().bytes() - freed);
    return entry.author() instanceof Author.Agent agent
        ? posted.with(agent.task(), new Open(agent.fence()))
        : posted;
  }

  private static <K, V> PMap<K, V> persistent(Map<K, V> map) {
    return map instanceof PMap<K, V> same ? same : HashTreePMap.from(map);
  }

  /** A fact that does not fit means a corrupt journal: fail recovery loudly. */
  private TaskId expectAdmitted(TaskId task, Fence ended) {
    if (attempts.get(task) instanceof Settled settled && !settled.admits(ended)) {
      throw new IllegalStateException(
          "task %s: %s, then the end of %s (expected: of a later attempt)"
              .formatted(task, settled, ended));
    }
    return task;
  }

  private BlackboardState with(TaskId task, Attempt latest) {
    if (latest.equals(attempts.get(task))) {
      return this;
    }
    return new BlackboardState(revision, entries, persistent(attempts).plus(task, latest), bytes);
  }
}
