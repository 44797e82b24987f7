package io.nanoswarm.session;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The tasks of one session by id, in the order in which they came to be; and what follows from
 * them: who waits for whom, and for how many still. Immutable; a change costs the logarithm of the
 * number of tasks, and that for each task which the change concerns.
 */
final class Tasks extends AbstractMap<TaskId, TaskRecord> {
  private static final Tasks NONE =
      new Tasks(
          HashTreePMap.empty(),
          TreePVector.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          0);

  private final PMap<TaskId, TaskRecord> records;
  private final PVector<TaskId> order;
  private final PMap<TaskId, PVector<TaskId>> children;

  /** Who waits for a task, or has waited before it ended. */
  private final PMap<TaskId, PVector<TaskId>> followers;

  /** For how many tasks one waits that have not ended; none is left out. */
  private final PMap<TaskId, Integer> awaited;

  private final int ended;

  private Tasks(
      PMap<TaskId, TaskRecord> records,
      PVector<TaskId> order,
      PMap<TaskId, PVector<TaskId>> children,
      PMap<TaskId, PVector<TaskId>> followers,
      PMap<TaskId, Integer> awaited,
      int ended) {
    this.records = records;
    this.order = order;
    this.children = children;
    this.followers = followers;
    this.awaited = awaited;
    this.ended = ended;
  }

  static Tasks of(Map<TaskId, TaskRecord> tasks) {
    return tasks instanceof Tasks same ? same : NONE.plus(tasks.values());
  }

  /** With tasks more; those that are there already stay as they are. */
  Tasks plusPlanned(List<TaskSpec> specs) {
    return plus(
        specs.stream()
            .filter(spec -> !records.containsKey(spec.id()))
            .map(TaskRecord::planned)
            .toList());
  }

  private Tasks plus(Collection<TaskRecord> added) {
    var all = records;
    var inOrder = order;
    var ofParents = children;
    int over = ended;
    for (TaskRecord task : added) {
      TaskId id = task.id();
      all = all.plus(id, task);
      inOrder = inOrder.plus(id);
      TaskId parent = id.parent();
      if (parent != null) {
        ofParents = ofParents.plus(parent, at(ofParents, parent).plus(id));
      }
      over += task.ended() ? 1 : 0;
    }
    var tasks = new Tasks(all, inOrder, ofParents, followers, awaited, over);
    for (TaskRecord task : added) {
      tasks = tasks.waiting(task);
    }
    return tasks;
  }

  /** With a task that is there already in another state. */
  Tasks with(TaskRecord changed) {
    TaskId id = changed.id();
    TaskRecord before = records.get(id);
    boolean endsNow = changed.ended() && !hasEnded(id);
    var tasks =
        new Tasks(
            records.plus(id, changed),
            order,
            children,
            followers,
            awaited,
            endsNow ? ended + 1 : ended);
    if (endsNow) {
      return tasks.released(id);
    }
    // One that is woken may come after tasks that are tried again since it was suspended.
    boolean waitsAnew =
        changed.phase() instanceof TaskRecord.Suspended
            || (before != null && before.phase() instanceof TaskRecord.Suspended);
    return waitsAnew ? tasks.waiting(changed) : tasks;
  }

  /** Notes for what the task waits that is known and has not ended. */
  private Tasks waiting(TaskRecord task) {
    var waiting = followers;
    int count = 0;
    for (TaskId before : new HashSet<>(task.waitsFor())) {
      if (records.containsKey(before) && !hasEnded(before)) {
        waiting = waiting.plus(before, at(waiting, before).plus(task.id()));
        count++;
      }
    }
    return count == 0
        ? this
        : new Tasks(records, order, children, waiting, awaited.plus(task.id(), count), ended);
  }

  private Tasks released(TaskId over) {
    var counts = awaited;
    for (TaskId follower : followersOf(over)) {
      int left = counts.getOrDefault(follower, 0) - 1;
      counts = left > 0 ? counts.plus(follower, left) : counts.minus(follower);
    }
    return new Tasks(records, order, children, followers, counts, ended);
  }

  private boolean hasEnded(TaskId id) {
    TaskRecord task = records.get(id);
    return task != null && task.ended();
  }

  /** Whether every task that this one waits for has ended, or is not known. */
  boolean awaitsNone(TaskId id) {
    return !awaited.containsKey(id);
  }

  /** The tasks that wait for this one to end, or have until it did. */
  List<TaskId> followersOf(TaskId id) {
    return at(followers, id);
  }

  /** In the order in which they came to be. */
  List<TaskId> childrenOf(TaskId parent) {
    return at(children, parent);
  }

  boolean allEnded() {
    return ended == records.size();
  }

  private static PVector<TaskId> at(PMap<TaskId, PVector<TaskId>> lists, TaskId id) {
    return lists.getOrDefault(id, TreePVector.empty());
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public boolean containsKey(@Nullable Object id) {
    return records.containsKey(id);
  }

  @Override
  public @Nullable TaskRecord get(@Nullable Object id) {
    return records.get(id);
  }

  @Override
  public Set<Entry<TaskId, TaskRecord>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return records.size();
      }

      @Override
      public Iterator<Entry<TaskId, TaskRecord>> iterator() {
        return order.stream()
            .<Entry<TaskId, TaskRecord>>map(id -> Map.entry(id, records.get(id)))
            .iterator();
      }
    };
  }
}
