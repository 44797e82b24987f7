package io.nanoswarm.load;

import com.sun.management.OperatingSystemMXBean;
import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.load.Arrivals.InFlight;
import io.nanoswarm.load.Arrivals.Latencies;
import io.nanoswarm.load.Arrivals.Window;
import io.nanoswarm.load.report.Part;
import io.nanoswarm.session.SessionUpdate;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Measures one number of agents once, on a node that runs. */
final class PointRun {
  private static final Duration LOOK_EVERY = Duration.ofMillis(25);
  private static final Duration JOURNAL_WARM_UP = Duration.ofMillis(500);
  private static final Duration JOURNAL_TIME = Duration.ofMillis(1500);
  private static final Set<String> UP = Set.of("idle", "working");

  /**
   * What was measured once.
   *
   * @param startUps seconds of each JVM that was started for this
   * @param processor seconds of processor time of each agent's JVM
   * @param nodeProcessor the same of this JVM and the machine nodes together
   * @param aloneTogether events a second of the journal alone
   * @param aloneSingly the same, one at a time from each persistence id
   * @param bare rounds a second of a loop of messages and commits, without a swarm
   */
  record Result(
      Window window,
      long settled,
      long failed,
      Latencies latencies,
      Map<Part, Double> parts,
      List<Double> startUps,
      List<Double> processor,
      double nodeProcessor,
      List<Footprint.Memory> memory,
      Footprint.@Nullable Memory nodeMemory,
      JournalRows rows,
      double aloneTogether,
      double aloneSingly,
      double bare) {

    double throughput() {
      return settled / window.seconds();
    }
  }

  private final LoadNode node;
  private final LoadMachines machines;
  private final LoadRequest request;
  private final TaskWork work;
  private final InstantSource clock;
  private final int agents;
  private final String name;

  /**
   * @param name that no earlier one had on this node
   */
  PointRun(
      LoadNode node,
      LoadMachines machines,
      LoadRequest request,
      TaskWork work,
      InstantSource clock,
      int agents,
      String name) {
    this.node = node;
    this.machines = machines;
    this.request = request;
    this.work = work;
    this.clock = clock;
    this.agents = agents;
    this.name = name;
  }

  Result run() throws InterruptedException, SQLException {
    var journal = JournalSettings.from(node.config());
    var log = new TaskLog(clock);
    ActorRef<SessionUpdate> watcher = node.spawn(log.watching(), "load-log-" + name);
    var batches = new Batches(node, agents, watcher);
    var arrivals = arrivals(batches);
    log.listen(arrivals);
    try {
      var before = pids();
      var _ = batches.await(batches.open(work.batch(1, false), _ -> {})); // wants the agents
      List<Double> startUps = awaitAgents(batches, before);
      arrivals.prepare();
      arrivals.begin();
      batches.pass(request.warmUp());

      Map<Long, Duration> busy = processors(pids());
      long nodeBusy = ownProcessor();
      long row = JournalRows.last(journal);
      long from = Stamps.micros(clock.instant());
      batches.pass(request.duration());
      var window = new Window(from, Stamps.micros(clock.instant()));
      long lastRow = JournalRows.last(journal);
      double nodeProcessor = (ownProcessor() - nodeBusy) / 1e9;
      List<Double> processor = spent(busy);
      var memory = pids().stream().map(Footprint::memory).flatMap(Optional::stream);
      var eachMemory = memory.toList();
      var nodeMemory = Footprint.memory(ProcessHandle.current().pid()).orElse(null);

      arrivals.drain();
      batches.cancel();
      List<TaskTimes> settled = log.settled();
      var within = settled.stream().filter(times -> window.has(times.stored())).toList();
      JournalRows rows = JournalRows.between(journal, row, lastRow);
      InFlight flight = arrivals.inFlight();
      int together = Math.max(1, flight.tasks() / flight.sessions());
      double alone = alone(batches, rows, flight, together, "together");
      return new Result(
          window,
          within.size(),
          log.failed(),
          arrivals.latencies(window, within),
          PartTimes.of(settled, window, arrivals.intended()),
          startUps,
          processor,
          nodeProcessor,
          eachMemory,
          nodeMemory,
          rows,
          alone,
          together == 1 ? alone : alone(batches, rows, flight, 1, "singly"),
          bare(rows, flight));
    } finally {
      log.forget(arrivals);
    }
  }

  private Arrivals arrivals(Batches batches) {
    int sessions = request.sessions();
    Double rate = request.rate();
    if (rate != null) {
      Duration time = request.warmUp().plus(request.duration()).plus(Arrivals.SLACK);
      return new OpenArrivals(batches, work, rate, sessions, time, clock);
    }
    return sessions == LoadRequest.EACH
        ? ClosedArrivals.ofSmallSessions(batches, work)
        : ClosedArrivals.ofSessions(batches, work, sessions);
  }

  private double alone(Batches batches, JournalRows rows, InFlight flight, int together, String how)
      throws InterruptedException {
    if (rows.events() == 0) {
      return 0;
    }
    long each = Math.max(1, rows.events() / Math.max(1, rows.writers()));
    var shape =
        new JournalAlone.Shape(
            flight.sessions(), together, each, rows.bytesEach(), "load-" + how + "-" + name);
    return batches.await(JournalAlone.measure(node, shape, JOURNAL_WARM_UP, JOURNAL_TIME, clock));
  }

  /** By all agents, each of which has a task for as long. */
  private double bare(JournalRows rows, InFlight flight) throws InterruptedException {
    int lanes = Math.min(agents, flight.sessions());
    var shape = new BareLoop.Shape(agents, lanes, rows.bytesEach(), "load-bare-" + name);
    var batches = new Batches(node, agents, node.nobody());
    BareLoop.Started loop = BareLoop.start(node, shape, JOURNAL_WARM_UP, JOURNAL_TIME, clock);
    var tasks = new LoadPlanner.Batch(agents, false, LoadAgent.BARE, loop.address());
    var _ = batches.await(batches.open(tasks, _ -> {}));
    double rounds = batches.await(loop.roundsPerSecond());
    batches.cancel();
    return rounds;
  }

  /** Waits until all are up; the seconds that each new JVM took, from its being seen first. */
  private List<Double> awaitAgents(Batches batches, Set<Long> before) throws InterruptedException {
    Map<Long, Long> seen = new HashMap<>();
    Map<Long, Double> up = new HashMap<>();
    while (true) {
      List<AgentView> now = batches.await(node.agents()).agents();
      long at = Stamps.micros(clock.instant());
      for (AgentView agent : now) {
        Long pid = agent.pid();
        if (agent.state().equals("gave-up")) {
          throw new IllegalStateException(
              "%s does not come up: %s".formatted(agent.name(), agent.lastDeath()));
        }
        if (pid != null && !before.contains(pid)) {
          long first = seen.computeIfAbsent(pid, _ -> at);
          if (UP.contains(agent.state())) {
            var _ = up.putIfAbsent(pid, (at - first) / 1e6);
          }
        }
      }
      if (now.stream().filter(agent -> UP.contains(agent.state())).count() >= agents) {
        return List.copyOf(up.values());
      }
      batches.pass(LOOK_EVERY);
    }
  }

  private Set<Long> pids() throws InterruptedException {
    return new Batches(node, agents, node.nobody())
        .await(node.agents()).agents().stream()
            .map(AgentView::pid)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<Long, Duration> processors(Set<Long> pids) {
    return pids.stream().collect(Collectors.toMap(pid -> pid, Footprint::processor));
  }

  private static List<Double> spent(Map<Long, Duration> before) {
    var spent = new ArrayList<Double>();
    before.forEach((pid, then) ->
        spent.add(Math.max(0, Footprint.processor(pid).minus(then).toNanos()) / 1e9));
    return spent;
  }

  /** Nanoseconds of this JVM and of machine nodes. */
  private long ownProcessor() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        + machines.handles().stream()
            .mapToLong(each -> Footprint.processor(each.pid()).toNanos())
            .sum();
  }
}
