package io.nanoswarm.client;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.NodesView;
import io.nanoswarm.api.OverviewView;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.api.SessionView.TaskView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session with three researchers, a critic and a coordinator, as events. */
public final class Story {
  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  public static final String ID = "7f3a-session";
  public static final String GOAL = "Which modules talk to the database, and how?";

  private Story() {}

  public static SessionView session(String status, List<TaskView> tasks) {
    boolean over = !List.of("planning", "running", "asking", "paused").contains(status);
    return new SessionView(
        ID,
        GOAL,
        "/home/ada/shop",
        214,
        status,
        START,
        over ? START.plusSeconds(83) : null,
        status.equals("failed") ? "no agent could start" : null,
        status.equals("partial") ? List.of("the orders module was not searched") : List.of(),
        tasks,
        List.of(),
        "/home/ada/shop/.nanoswarm/blackboard/" + ID,
        List.of(),
        null,
        "normal");
  }

  /** By a person. */
  public static SessionView paused(List<TaskView> tasks) {
    var session = session("paused", tasks);
    return new SessionView(
        session.id(),
        session.goal(),
        session.workspace(),
        session.files(),
        session.status(),
        session.openedAt(),
        null,
        null,
        List.of(),
        tasks,
        List.of(),
        session.folder(),
        List.of(),
        START.plusSeconds(60),
        "high");
  }

  public static TaskView task(String id, String role, String title, String state) {
    boolean begun = !state.equals("ready") && !state.equals("waiting");
    return new TaskView(
        id,
        role,
        title,
        state,
        begun ? role + "-1" : null,
        begun ? 1 : 0,
        null,
        begun ? START.plusSeconds(2) : null,
        state.equals("completed") ? START.plusSeconds(14) : null,
        List.of());
  }

  public static List<TaskView> tasks(String state) {
    return List.of(
        task("find-schema", "researcher", "Find the schema", state),
        task("find-queries", "researcher", "Find the queries", state),
        task("find-pools", "researcher", "Find connection pools", state),
        task("check", "critic", "Check the findings", state),
        task("answer", "coordinator", "Write the answer", state));
  }

  public static AgentView agent(String name, String role, String state, @Nullable Long pid) {
    return new AgentView(
        name,
        role,
        state,
        "process",
        null,
        pid,
        null,
        0,
        null,
        null,
        null,
        pid == null ? null : 182L);
  }

  public static AgentsView agents(List<AgentView> agents) {
    return new AgentsView(
        new AgentsView.NodeView(4700, "127.0.0.1:25520", START, "/home/ada/shop/.nanoswarm"),
        agents,
        new AgentsView.OffersView(
            "linux", 2, 7936, Set.of("gpu"), Map.of("gh", "2.40.1", "jq", ""), Map.of(), Set.of()));
  }

  public static AgentsView starting() {
    return agents(
        List.of(
            agent("researcher-1", "researcher", "starting", null),
            agent("researcher-2", "researcher", "starting", null),
            agent("researcher-3", "researcher", "starting", null),
            agent("critic-1", "critic", "starting", null),
            agent("coordinator-1", "coordinator", "starting", null)));
  }

  /** Two nodes, and a session that asks a person beside one that is over. */
  public static OverviewView overview() {
    var offers =
        new AgentsView.OffersView("linux", 2, 7936, Set.of(), Map.of(), Map.of(), Set.of());
    return new OverviewView(
        START.plusSeconds(90),
        List.of(
            new NodesView.NodeView(
                "10.0.0.1:25520", List.of("control", "machine"), "up", true, 3, offers, 1),
            new NodesView.NodeView(
                "10.0.0.2:25520", List.of("machine"), "draining", false, 1, offers, 1)),
        List.of(
            working("researcher-1", "researcher", "10.0.0.1:25520", ID + "/find-schema"),
            new AgentView(
                "researcher-2",
                "researcher",
                "restarting",
                "process",
                null,
                null,
                null,
                2,
                "killed (signal 9)",
                null,
                null,
                null),
            working("critic-1", "critic", "10.0.0.2:25520", null)),
        List.of(
            new OverviewView.QueueView("coordinator", 1, START.plusSeconds(20), 0, 0, 0),
            new OverviewView.QueueView("critic", 0, null, 0, 1, 1),
            new OverviewView.QueueView("researcher", 12, START, 1, 0, 1)),
        List.of(
            new OverviewView.SessionRow(
                ID,
                "asking",
                GOAL,
                START,
                null,
                new OverviewView.TaskCount(3, 1, 1, 16),
                List.of(
                    new SessionView.QuestionView("review", "critic", "Which draft is it?", "1.7"),
                    new SessionView.QuestionView("name", "critic", "What name?", "1.8")),
                null,
                "normal"),
            new OverviewView.SessionRow(
                "b2cd-session",
                "paused",
                "Why?",
                START.minusSeconds(7200),
                null,
                null,
                List.of(),
                null,
                null),
            new OverviewView.SessionRow(
                "k9xy-session",
                "completed",
                "What is this about?",
                START.minusSeconds(86_400),
                START.minusSeconds(86_000),
                null,
                List.of(),
                null,
                null)),
        1,
        List.of());
  }

  private static AgentView working(String name, String role, String node, @Nullable String task) {
    return new AgentView(
        name,
        role,
        task == null ? "idle" : "working",
        "process",
        node,
        (long) name.length() + 4700,
        name + "-x",
        0,
        null,
        task,
        null,
        node.startsWith("10.0.0.1") ? 182L : null);
  }

  public static Progress opening() {
    return new Progress.Snapshot(START, session("planning", List.of()), starting());
  }

  public static Progress planned() {
    return new Progress.Planned(START.plusSeconds(1), tasks("ready"));
  }

  /** A plan of one task. */
  public static Progress planned(String task, String role) {
    return new Progress.Planned(START.plusSeconds(1), List.of(task(task, role, "Do it", "ready")));
  }

  public static Progress up(String agent, String role, long pid, int restarts) {
    return new Progress.AgentUp(START.plusSeconds(2), agent, role, pid, restarts);
  }

  public static Progress down(String agent, long pid) {
    return new Progress.AgentDown(
        START.plusSeconds(5), agent, pid, "killed by signal 9 (SIGKILL)", true);
  }

  public static Progress began(String task, String agent) {
    return new Progress.TaskBegan(START.plusSeconds(3), task, agent, 1);
  }

  public static Progress doing(String agent, String text) {
    return new Progress.Doing(START.plusSeconds(4), agent, text);
  }

  public static Progress ended(String task, String agent, String state, String note) {
    return new Progress.TaskEnded(START.plusSeconds(14), task, agent, state, note);
  }

  public static Progress cut(String task, String agent) {
    return new Progress.AttemptEnded(START.plusSeconds(5), task, agent, "its JVM ended");
  }

  public static Progress asked(String task, String agent, String question) {
    return new Progress.Asked(START, task, agent, question);
  }

  public static Progress trouble(String what) {
    return new Progress.Trouble(START, what);
  }

  public static Progress handedOff(String task, String agent, String role) {
    return new Progress.HandedOff(START, task, agent, role);
  }

  public static Progress posted(String path, String author) {
    return new Progress.Posted(START.plusSeconds(9), path, author, 3, "Two modules open pools");
  }

  public static Progress concluded(String status) {
    return new Progress.Concluded(START.plusSeconds(83), session(status, tasks("completed")));
  }
}
