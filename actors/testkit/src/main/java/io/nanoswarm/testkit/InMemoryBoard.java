package io.nanoswarm.testkit;

import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.RevisionConflict;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The entries of one session, by path. Safe for use by many threads. */
final class InMemoryBoard {
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<TaskId, Fence> latest = new HashMap<>();
  private final Set<Fence> unsettled = new HashSet<>();
  private final Set<Fence> left = new HashSet<>();
  private final Set<Consumer<Entry>> watchers = new LinkedHashSet<>();
  private long revision;

  /** From now on, what older attempts at the same task posted is unfinished. */
  synchronized void begin(TaskId task, Fence fence) {
    latest.put(task, fence);
    unsettled.add(fence);
  }

  synchronized void settled(Fence fence) {
    unsettled.remove(fence);
  }

  /** Ended in another way than settled. */
  synchronized void left(Fence fence) {
    left.add(fence);
  }

  synchronized boolean isLatest(TaskId task, Fence fence) {
    return fence.equals(latest.get(task));
  }

  synchronized Entry post(Draft draft, Author author, long expectedRevision) {
    Entry before = entries.get(draft.path().value());
    long actual = before == null ? 0 : before.revision();
    if (expectedRevision >= 0 && expectedRevision != actual) {
      throw new RevisionConflict(draft.path(), expectedRevision, actual);
    }
    if (before != null && before.draft().equals(draft) && before.author().equals(author)) {
      return before;
    }
    revision++;
    var entry = new Entry(revision, draft, author, Instant.ofEpochSecond(revision), false);
    entries.put(draft.path().value(), entry);
    watchers.forEach(watcher -> watcher.accept(entry));
    return entry;
  }

  /** Tells what an attempt sees after a revision, then every post that it sees. */
  synchronized void watch(
      Task task, Fence own, Set<Section> sections, long afterRevision, Consumer<Entry> watcher) {
    Predicate<Entry> wanted =
        entry ->
            entry.revision() > afterRevision
                && sections.contains(entry.path().section())
                && isSeen(entry, task, own);
    entries.values().stream()
        .filter(wanted)
        .sorted(Comparator.comparingLong(Entry::revision))
        .map(this::withState)
        .forEach(watcher);
    watchers.add(entry -> {
      if (wanted.test(entry)) {
        watcher.accept(entry);
      }
    });
  }

  synchronized List<Entry> all() {
    return entries.values().stream().map(this::withState).toList();
  }

  /** What an attempt sees: nothing unfinished but its own, of inputs just what was settled. */
  synchronized List<Entry> seenBy(Task task, Fence own, Section section) {
    return entries.values().stream()
        .filter(entry -> entry.path().section() == section)
        .filter(entry -> isSeen(entry, task, own))
        .map(this::withState)
        .toList();
  }

  private boolean isSeen(Entry entry, Task task, Fence own) {
    if (!(entry.author() instanceof Author.Agent author) || author.fence().equals(own)) {
      return true;
    }
    for (Task.Input input : task.inputs()) {
      if (input.task().equals(author.task())) {
        return author.fence().equals(input.fence());
      }
    }
    return !withState(entry).unfinished();
  }

  private Entry withState(Entry entry) {
    boolean unfinished =
        entry.author() instanceof Author.Agent author
            && unsettled.contains(author.fence())
            && (left.contains(author.fence()) || !isLatest(author.task(), author.fence()));
    return new Entry(entry.revision(), entry.draft(), entry.author(), entry.at(), unfinished);
  }
}
