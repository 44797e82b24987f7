package io.nanoswarm.chaos;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All that clients see of sessions: what was acknowledged, which task runs where, and what must not
 * be. Thread safe; events are taken by one thread.
 */
final class Watch {
  private static final Set<String> OUTCOMES = Set.of("completed", "failed", "cancelled", "dead");

  private final InstantSource clock;
  private final BlockingQueue<Seen> events = new LinkedBlockingQueue<>();
  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private final Map<TaskKey, String> running = new ConcurrentHashMap<>();
  private final Set<TaskKey> over = ConcurrentHashMap.newKeySet();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Map<String, ProcessHandle> workers = new ConcurrentHashMap<>();
  private final Set<ProcessHandle> processes = ConcurrentHashMap.newKeySet();

  /** A task of one of many sessions. */
  record TaskKey(String session, String task) {}

  /** An event of a session, as it came. */
  record Seen(String session, Progress event) {
    TaskKey key(String task) {
      return new TaskKey(session, task);
    }
  }

  Watch(InstantSource clock) {
    this.clock = clock;
  }

  void hear(String session, Progress event) {
    switch (event) {
      case Progress.Snapshot(_, var now, var agents) -> {
        retell(now);
        if (now.endedAt() != null) {
          open.remove(session);
        }
        agents.agents().forEach(this::note);
      }
      case Progress.TaskBegan(_, var task, var agent, _) -> {
        var key = new TaskKey(session, task);
        if (over.contains(key)) {
          problem("%s of session %s was begun again after its outcome".formatted(task, session));
        }
        running.put(key, agent);
      }
      case Progress.TaskEnded(var at, var task, _, var state, _) -> {
        ended(new TaskKey(session, task), state);
        acknowledge(new Acknowledged.Ended(at, session, task, state));
      }
      case Progress.AttemptEnded(_, var task, _, _) -> running.remove(new TaskKey(session, task));
      case Progress.HandedOff(_, var task, _, _) -> running.remove(new TaskKey(session, task));
      case Progress.AgentUp(_, var agent, _, var pid, _) -> up(agent, pid);
      case Progress.AgentDown(_, var agent, var pid, _, _) ->
          workers.computeIfPresent(
              agent, (_, worker) -> pid != null && worker.pid() == pid ? null : worker);
      case Progress.Posted(var at, var path, _, var revision, _) ->
          acknowledge(new Acknowledged.Posted(at, session, path, revision));
      case Progress.Planned _,
          Progress.Doing _,
          Progress.Asked _,
          Progress.Paused _,
          Progress.Unpaused _,
          Progress.Prioritised _,
          Progress.Trouble _ -> {}
      case Progress.Concluded _ -> open.remove(session);
    }
    events.add(new Seen(session, event));
  }

  private void retell(SessionView session) {
    running.keySet().removeIf(key -> key.session().equals(session.id()));
    for (SessionView.TaskView task : session.tasks()) {
      var key = new TaskKey(session.id(), task.id());
      if (task.state().equals("running") && task.agent() != null) {
        running.put(key, task.agent());
      }
      if (OUTCOMES.contains(task.state())) {
        over.add(key);
      } else if (over.contains(key)) {
        problem(
            "%s of session %s had an outcome, and is %s"
                .formatted(task.id(), session.id(), task.state()));
      }
    }
  }

  private void note(AgentsView.AgentView agent) {
    up(agent.name(), agent.pid());
  }

  private void up(String agent, @Nullable Long pid) {
    if (pid != null) {
      ProcessHandle.of(pid)
          .ifPresent(process -> {
            workers.put(agent, process);
            processes.add(process);
          });
    }
  }

  private void ended(TaskKey key, String state) {
    running.remove(key);
    if (OUTCOMES.contains(state)) {
      over.add(key);
    }
  }

  void acknowledge(Acknowledged fact) {
    acknowledged.add(fact);
    switch (fact) {
      case Acknowledged.Opened opened -> open.add(opened.session());
      case Acknowledged.Concluded concluded -> open.remove(concluded.session());
      case Acknowledged.Ended _,
          Acknowledged.Posted _,
          Acknowledged.Answered _,
          Acknowledged.Settled _ -> {}
    }
  }

  /** The sessions that were opened, have not been seen to end, and are not given up. */
  Set<String> open() {
    return Set.copyOf(open);
  }

  /** One that stands still is a problem once, and no reason to wait after every further fault. */
  void giveUp(String session) {
    open.remove(session);
  }

  Instant now() {
    return clock.instant();
  }

  Collection<Acknowledged> acknowledged() {
    return acknowledged;
  }

  void problem(String text) {
    problems.add(text);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  /** A process that must not outlive the run. */
  void seen(Collection<ProcessHandle> started) {
    processes.addAll(started);
  }

  boolean knows(ProcessHandle process) {
    return processes.contains(process);
  }

  Collection<ProcessHandle> processes() {
    return processes;
  }

  /** The JVM of an agent, if it is up. */
  Optional<ProcessHandle> worker(String agent) {
    return Optional.ofNullable(workers.get(agent)).filter(ProcessHandle::isAlive);
  }

  /** The agents that a process hosts. */
  Set<String> agents(Collection<ProcessHandle> hosts) {
    var agents = new HashSet<String>();
    workers.forEach((agent, process) -> {
      if (hosts.contains(process)) {
        agents.add(agent);
      }
    });
    return agents;
  }

  /** The tasks that these agents work on; those of all, if none is named. */
  Set<TaskKey> running(Set<String> agents) {
    var tasks = new HashSet<TaskKey>();
    running.forEach((task, agent) -> {
      if (agents.isEmpty() || agents.contains(agent)) {
        tasks.add(task);
      }
    });
    return tasks;
  }

  /** The next event, or null if none comes in time. */
  @Nullable Seen next(Duration within) throws InterruptedException {
    return events.poll(Math.max(0, within.toMillis()), TimeUnit.MILLISECONDS);
  }

  /** Forgets the events that nobody has taken. */
  void forgetEvents() {
    events.clear();
  }
}
