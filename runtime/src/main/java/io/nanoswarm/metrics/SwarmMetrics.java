package io.nanoswarm.metrics;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.session.AttemptStep;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.Wait;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;

/**
 * The metrics of one control node; {@code docs/operations.md} explains each.
 *
 * <p>Guarantees: labels have values of which there are few, as roles and states, and never what
 * people or agents wrote; what counts up never goes down while the node lives. Costs a node that
 * nobody asks next to nothing. Safe for many threads.
 */
public final class SwarmMetrics {
  /** Of {@link #text}. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final List<String> SESSION_STATES =
      List.of("unfinished", "completed", "partial", "failed", "cancelled", "timed-out");

  private final String version;
  private final AttemptMetrics attempts = new AttemptMetrics();
  private final ReadyTasks ready = new ReadyTasks();

  /**
   * @param version of the program
   */
  public SwarmMetrics(String version) {
    this.version = version;
  }

  /** Counts what is published of attempts on the event stream of its node. */
  public Behavior<AttemptStep> counting() {
    return attempts.listening();
  }

  AttemptMetrics attempts() {
    return attempts;
  }

  /** Everything that is known now, in Prometheus' text format. */
  public String text(Reading reading) {
    List<MetricSnapshot> all = new ArrayList<>(attempts.now());
    all.addAll(JvmMetrics.now());
    all.addAll(node(reading));
    all.addAll(journal(reading.journal()));
    List<SessionLine> sessions = reading.sessions();
    if (sessions != null) {
      all.add(sessions(sessions));
    }
    List<SessionSnapshot> driven = reading.driven();
    if (driven != null) {
      all.addAll(tasks(driven, reading.at()));
    }
    AgentsView agents = reading.agents();
    if (agents != null) {
      all.addAll(agents(agents));
    }
    var text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, new MetricSnapshots(all));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private List<MetricSnapshot> node(Reading reading) {
    var told =
        new Gauges("nanoswarm_scrape_complete", "Whether a part of the swarm answered.", "part")
            .add(reading.sessions() == null ? 0 : 1, "sessions")
            .add(reading.driven() == null ? 0 : 1, "tasks")
            .add(reading.agents() == null ? 0 : 1, "agents");
    var members =
        new Gauges("nanoswarm_members", "Nodes of the cluster.", "role", "status", "reachable");
    for (Reading.MemberReading member : reading.members()) {
      for (String role : member.roles()) {
        members.add(1, role, member.status(), Boolean.toString(member.reachable()));
      }
    }
    return List.of(
        InfoSnapshot.builder()
            .name("nanoswarm_build")
            .help("The program that runs.")
            .dataPoint(
                InfoDataPointSnapshot.builder().labels(Labels.of("version", version)).build())
            .build(),
        new Gauges("nanoswarm_ready", "Whether the node is ready, as /ready tells.")
            .add(reading.ready() ? 1 : 0)
            .snapshot(),
        told.snapshot(),
        members.snapshot());
  }

  private static List<MetricSnapshot> journal(Reading.JournalReading journal) {
    Duration took = journal.took();
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(
        new Gauges("nanoswarm_journal_up", "Whether the journal answered a query.")
            .add(took == null ? 0 : 1)
            .snapshot());
    if (took != null) {
      all.add(
          new Gauges("nanoswarm_journal_query_seconds", "How long that query took.")
              .add(Seconds.of(took))
              .snapshot());
    }
    all.add(
        CounterSnapshot.builder()
            .name("nanoswarm_journal_failures")
            .help("Events that could not be stored, entities that could not be read.")
            .dataPoint(failures("write", journal.failedWrites()))
            .dataPoint(failures("read", journal.failedReads()))
            .build());
    return all;
  }

  private static CounterDataPointSnapshot failures(String act, long count) {
    return CounterDataPointSnapshot.builder()
        .labels(Labels.of("act", act))
        .value((double) count)
        .build();
  }

  private static MetricSnapshot sessions(List<SessionLine> lines) {
    var sessions = new Gauges("nanoswarm_sessions", "Sessions that are kept.", "state");
    SESSION_STATES.forEach(state -> sessions.add(0, state));
    for (SessionLine line : lines) {
      sessions.add(1, Optional.ofNullable(line.ending()).orElse(SESSION_STATES.getFirst()));
    }
    return sessions.snapshot();
  }

  private List<MetricSnapshot> tasks(List<SessionSnapshot> driven, Instant now) {
    var tasks =
        new Gauges(
            "nanoswarm_tasks", "Tasks of driven sessions that are not over.", "role", "state");
    var oldest =
        new Gauges(
            "nanoswarm_oldest_ready_task_seconds",
            "For how long the task is ready that has waited longest for an agent.",
            "role");
    Map<ReadyTasks.Ready, String> rolesOfReady = new HashMap<>();
    for (SessionSnapshot session : driven) {
      if (session.state() instanceof SessionState.Active active) {
        for (TaskRecord task : active.tasks().values()) {
          if (!task.ended()) {
            String role = task.spec().role().value();
            String state = state(session, active, task);
            tasks.add(1, role, state);
            if (state.equals("ready")) {
              rolesOfReady.put(new ReadyTasks.Ready(session.session(), task.id()), role);
            }
          }
        }
      }
    }
    ready
        .seen(rolesOfReady.keySet(), now)
        .forEach((task, since) -> {
          String role = rolesOfReady.get(task);
          if (role != null) {
            oldest.max(Seconds.of(Duration.between(since, now)), role);
          }
        });
    return List.of(tasks.snapshot(), oldest.snapshot());
  }

  private static String state(
      SessionSnapshot session, SessionState.Active active, TaskRecord task) {
    if (session.running().containsKey(task.id())) {
      return "running";
    }
    return switch (task.phase()) {
      case TaskRecord.Open _ -> active.ready(task) ? "ready" : "waiting";
      case TaskRecord.Suspended(_, Wait.ForPerson _) -> "asking";
      case TaskRecord.Suspended _ -> "suspended";
      case TaskRecord.Settled _, TaskRecord.Dead _ -> "over";
    };
  }

  private static List<MetricSnapshot> agents(AgentsView view) {
    var agents = new Gauges("nanoswarm_agents", "Agents that are wanted.", "role", "state");
    var restarts =
        new Gauges(
            "nanoswarm_agent_restarts", "How often JVMs of the agents were replaced.", "role");
    for (AgentsView.AgentView agent : view.agents()) {
      agents.add(1, agent.role(), agent.state());
      restarts.add(agent.restarts(), agent.role());
    }
    return List.of(agents.snapshot(), restarts.snapshot());
  }
}
