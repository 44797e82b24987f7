package io.nanoswarm.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Who waits for whom, and who would wait for ever. Pure; costs as much as there is waiting. */
final class WaitGraph {
  private final SequencedMap<TaskId, List<TaskId>> waitsFor = new LinkedHashMap<>();

  /** Later words replace earlier ones. */
  void add(TaskId task, List<TaskId> before) {
    waitsFor.put(task, before);
  }

  /** The tasks that wait for each other, or for such, in the order in which they were added. */
  List<TaskId> stuck() {
    var followers = new HashMap<TaskId, List<TaskId>>();
    var left = new HashMap<TaskId, Integer>();
    var free = new ArrayDeque<TaskId>();
    waitsFor.forEach((task, before) -> {
      var known = new HashSet<>(before);
      known.retainAll(waitsFor.keySet());
      known.forEach(each -> followers.computeIfAbsent(each, _ -> new ArrayList<>()).add(task));
      left.put(task, known.size());
      if (known.isEmpty()) {
        free.add(task);
      }
    });
    while (!free.isEmpty()) {
      TaskId next = free.remove();
      left.remove(next);
      for (TaskId follower : followers.getOrDefault(next, List.of())) {
        if (left.merge(follower, -1, Integer::sum) == 0) {
          free.add(follower);
        }
      }
    }
    return waitsFor.keySet().stream().filter(left::containsKey).toList();
  }

  /** The tasks of a session. */
  static WaitGraph of(SessionState.Active session) {
    var graph = new WaitGraph();
    for (Map.Entry<TaskId, TaskRecord> task : session.tasks().entrySet()) {
      graph.add(task.getKey(), task.getValue().waitsFor());
    }
    return graph;
  }

  /** The tasks of a session that one waits for, directly or not, itself among them. */
  static WaitGraph from(TaskId start, SessionState.Active session) {
    var graph = new WaitGraph();
    var next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      TaskId task = next.remove();
      if (!graph.waitsFor.containsKey(task)) {
        List<TaskId> before = session.task(task).map(TaskRecord::waitsFor).orElse(List.of());
        graph.add(task, before);
        next.addAll(before);
      }
    }
    return graph;
  }
}
