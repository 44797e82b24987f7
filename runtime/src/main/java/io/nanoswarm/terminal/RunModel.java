package io.nanoswarm.terminal;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.api.SessionView.TaskView;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Pure: what is known of a session from the events so far. Knows no clock and no terminal.
 *
 * @param session as it was told last as a whole; null before the first event
 * @param agents by name; those that drain besides, by name and process
 * @param posted entries seen to appear on the blackboard
 */
public record RunModel(
    @Nullable SessionView session, Map<String, Agent> agents, Map<String, Task> tasks, int posted) {
  public static final RunModel EMPTY = new RunModel(null, Map.of(), Map.of(), 0);

  /** {@code state} as in {@link AgentView}. */
  public record Agent(
      String name,
      String role,
      String state,
      @Nullable Long pid,
      int restarts,
      @Nullable String task,
      @Nullable String doing) {

    boolean working() {
      return state.equals("working");
    }

    /** Finishes in a JVM of its own what it began before its name went to another JVM. */
    boolean draining() {
      return state.equals("draining");
    }

    private Agent drain() {
      return new Agent(name, role, "draining", pid, restarts, task, doing);
    }

    private Agent idle() {
      return new Agent(name, role, "idle", pid, restarts, null, null);
    }
  }

  /** {@code state} as in {@link TaskView}. */
  public record Task(String id, String role, String title, String state, int attempts) {

    boolean over() {
      return completed() || lost();
    }

    boolean running() {
      return state.equals("running");
    }

    boolean completed() {
      return state.equals("completed");
    }

    boolean lost() {
      return state.equals("failed") || state.equals("dead") || state.equals("cancelled");
    }

    private Task in(String newState) {
      return new Task(id, role, title, newState, attempts);
    }
  }

  public RunModel {
    agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }

  public RunModel apply(Progress event) {
    return switch (event) {
      case Progress.Snapshot(_, var view, var tree) ->
          new RunModel(view, agentsOf(tree.agents()), tasksOf(Map.of(), view.tasks()), posted);
      case Progress.Planned(_, var planned) -> withTasks(tasksOf(tasks, planned));
      case Progress.AgentUp up -> up(up);
      case Progress.AgentDown down ->
          withAgent(
              down.agent(),
              old ->
                  new Agent(
                      old.name(),
                      old.role(),
                      down.restarting() ? "restarting" : "stopped",
                      null,
                      old.restarts(),
                      null,
                      down.cause()));
      case Progress.Doing(_, var agent, var text) ->
          withAgent(
              whoSaysSo(agent),
              old ->
                  new Agent(
                      agent,
                      old.role(),
                      old.draining() ? "draining" : "working",
                      old.pid(),
                      old.restarts(),
                      old.task(),
                      text));
      case Progress.TaskBegan began ->
          withTask(
                  began.task(),
                  old -> new Task(old.id(), old.role(), old.title(), "running", began.attempt()))
              .withAgent(
                  began.agent(),
                  old ->
                      new Agent(
                          old.name(),
                          old.role(),
                          "working",
                          old.pid(),
                          old.restarts(),
                          began.task(),
                          null));
      case Progress.TaskEnded ended ->
          withTask(ended.task(), old -> old.in(ended.state())).withoutWork(ended.task());
      case Progress.AttemptEnded cut ->
          withTask(cut.task(), old -> old.in("ready")).withoutWork(cut.task());
      case Progress.HandedOff handed ->
          withTask(
                  handed.task(),
                  old -> new Task(old.id(), handed.role(), old.title(), "ready", old.attempts()))
              .withoutWork(handed.task());
      case Progress.Asked _,
          Progress.Trouble _,
          Progress.Paused _,
          Progress.Unpaused _,
          Progress.Prioritised _ ->
          this;
      case Progress.Posted _ -> new RunModel(session, agents, tasks, posted + 1);
      case Progress.Concluded(_, var view) ->
          new RunModel(view, agents, tasksOf(Map.of(), view.tasks()), posted);
    };
  }

  /** The earliest stage that has something left to do; empty for a swarm that has no stages. */
  public Optional<Stage> stage() {
    if (!tasks.values().stream().allMatch(task -> Stage.ofRole(task.role()).isPresent())) {
      return Optional.empty();
    }
    if (session != null && session.ended()) {
      return Optional.of(Stage.DONE);
    }
    return tasks.isEmpty()
        ? Optional.of(Stage.PLANNING)
        : tasks.values().stream()
            .filter(task -> !task.over())
            .flatMap(task -> Stage.ofRole(task.role()).stream())
            .min(Stage::compareTo)
            .or(() -> Optional.of(Stage.ANSWERING));
  }

  Collection<Agent> agentList() {
    return agents.values();
  }

  /** What people call the task. */
  String titleOf(String task) {
    var known = tasks.get(task);
    return known == null ? task : known.title();
  }

  private RunModel withoutWork(String task) {
    var idle = new LinkedHashMap<>(agents);
    idle.values().removeIf(agent -> agent.draining() && task.equals(agent.task()));
    idle.replaceAll(
        (_, agent) -> agent.working() && task.equals(agent.task()) ? agent.idle() : agent);
    return new RunModel(session, idle, tasks, posted);
  }

  /** A name that was at work in another JVM has been replaced, and finishes there. */
  private RunModel up(Progress.AgentUp up) {
    var next = new LinkedHashMap<>(agents);
    var old = next.get(up.agent());
    if (old != null && old.working() && old.pid() != null && !old.pid().equals(up.pid())) {
      next.put(key(old.drain()), old.drain());
    }
    next.put(
        up.agent(), new Agent(up.agent(), up.role(), "idle", up.pid(), up.restarts(), null, null));
    return new RunModel(session, next, tasks, posted);
  }

  /** Who has a task, if one of that name drains and the other has none. */
  private String whoSaysSo(String name) {
    var current = agents.get(name);
    return current != null && current.task() == null
        ? agents.entrySet().stream()
            .filter(each -> each.getValue().draining() && each.getValue().name().equals(name))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(name)
        : name;
  }

  private static String key(Agent agent) {
    return agent.draining() ? "%s %s".formatted(agent.name(), agent.pid()) : agent.name();
  }

  private RunModel withAgent(String name, UnaryOperator<Agent> change) {
    var next = new LinkedHashMap<>(agents);
    var old = next.getOrDefault(name, new Agent(name, "", "idle", null, 0, null, null));
    next.put(name, change.apply(old));
    return new RunModel(session, next, tasks, posted);
  }

  private RunModel withTask(String id, UnaryOperator<Task> change) {
    var next = new LinkedHashMap<>(tasks);
    next.put(id, change.apply(next.getOrDefault(id, new Task(id, "", id, "ready", 0))));
    return withTasks(next);
  }

  private RunModel withTasks(Map<String, Task> next) {
    return new RunModel(session, agents, next, posted);
  }

  private static Map<String, Task> tasksOf(Map<String, Task> known, List<TaskView> told) {
    var next = new LinkedHashMap<>(known);
    for (var task : told) {
      next.put(
          task.id(), new Task(task.id(), task.role(), task.title(), task.state(), task.attempts()));
    }
    return next;
  }

  private static Map<String, Agent> agentsOf(List<AgentView> told) {
    var next = new LinkedHashMap<String, Agent>();
    for (var each : told) {
      var agent =
          new Agent(
              each.name(),
              each.role(),
              each.state(),
              each.pid(),
              each.restarts(),
              each.task(),
              each.doing());
      next.put(key(agent), agent);
    }
    return next;
  }
}
