package io.nanoswarm.node;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.OverviewView.QueueView;
import io.nanoswarm.api.OverviewView.SessionRow;
import io.nanoswarm.api.OverviewView.TaskCount;
import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.api.SessionView.TaskView;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pure: what an overview tells of sessions, and of the tasks of a role. */
final class OverviewParts {
  private static final Set<String> LOST = Set.of("failed", "cancelled", "dead");

  private OverviewParts() {}

  /**
   * @param view null if nobody drives it
   */
  static SessionRow row(SessionSummary line, @Nullable SessionView view) {
    return view == null
        ? new SessionRow(
            line.id(),
            line.status(),
            line.latest(),
            line.openedAt(),
            line.endedAt(),
            null,
            List.of(),
            null,
            null)
        : new SessionRow(
            view.id(),
            view.status(),
            view.goal(),
            view.openedAt(),
            view.endedAt(),
            count(view.tasks()),
            view.questions(),
            view.pausedAt(),
            view.priority());
  }

  private static TaskCount count(List<TaskView> tasks) {
    int lost = 0;
    int completed = 0;
    int running = 0;
    for (TaskView task : tasks) {
      if (task.state().equals("completed")) {
        completed++;
      } else if (task.state().equals("running")) {
        running++;
      } else if (LOST.contains(task.state())) {
        lost++;
      }
    }
    return new TaskCount(completed + lost, lost, running, tasks.size());
  }

  /** Mutable, of one role. */
  private static final class Queue {
    private int waiting;
    private @Nullable Instant oldestSince;
    private int running;
    private int later;

    /**
     * @param paused whether nothing of its session is begun
     */
    void add(TaskView task, Instant readySince, boolean paused) {
      switch (task.state()) {
        case "ready" -> {
          if (paused) {
            later++;
            return;
          }
          waiting++;
          if (oldestSince == null || readySince.isBefore(oldestSince)) {
            oldestSince = readySince;
          }
        }
        case "running" -> running++;
        case "waiting", "suspended" -> later++;
        default -> {
          // It has ended.
        }
      }
    }
  }

  /** By role, in the alphabet's order. */
  static List<QueueView> queues(Collection<SessionView> driven, List<AgentView> agents) {
    var queues = new HashMap<String, Queue>();
    for (SessionView session : driven) {
      if (!session.ended()) {
        Map<String, TaskView> tasks =
            session.tasks().stream()
                .collect(Collectors.toMap(TaskView::id, Function.identity(), (one, _) -> one));
        for (TaskView task : session.tasks()) {
          queues
              .computeIfAbsent(task.role(), _ -> new Queue())
              .add(task, readySince(task, session.openedAt(), tasks), session.pausedAt() != null);
        }
      }
    }
    var roles = new TreeSet<>(queues.keySet());
    agents.forEach(agent -> roles.add(agent.role()));
    return roles.stream()
        .map(role -> {
          Queue queue = queues.getOrDefault(role, new Queue());
          int up = (int) agents.stream().filter(agent -> isUp(agent, role)).count();
          return new QueueView(
              role, queue.waiting, queue.oldestSince, queue.running, queue.later, up);
        })
        .toList();
  }

  private static boolean isUp(AgentView agent, String role) {
    return agent.role().equals(role) && Set.of("idle", "working").contains(agent.state());
  }

  private static Instant readySince(TaskView task, Instant asked, Map<String, TaskView> tasks) {
    return task.after().stream()
        .map(tasks::get)
        .filter(Objects::nonNull)
        .map(TaskView::endedAt)
        .filter(Objects::nonNull)
        .filter(asked::isBefore)
        .max(Instant::compareTo)
        .orElse(asked);
  }
}
