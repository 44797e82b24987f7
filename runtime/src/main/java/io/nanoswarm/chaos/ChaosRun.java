package io.nanoswarm.chaos;

import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.chaos.Schedule.Strike;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.Nodes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions running on a node of its own, injects faults for a while, and judges what is left.
 *
 * <p>Guarantee: no process that it has started outlives it, unless it is itself killed with -9
 * while another is stopped.
 *
 * <p>Not promised: that a seed repeats a run. It repeats the faults and their order; what they hit
 * is decided by real processes.
 */
public final class ChaosRun {
  private static final Duration GO_ON_WITHIN = Duration.ofMinutes(2);
  private static final Duration END_WITHIN = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int SEATS = 2;

  private final Setup setup;
  private final Load load;
  private final Listener listener;
  private final Watch watch;
  private final NodeByNode connection = new NodeByNode();
  private final NodeKeeper keeper;
  private final Injector injector;
  private final Schedule schedule;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<Hit> hits = new ArrayList<>();

  /**
   * How it is run.
   *
   * @param main the program's main class
   * @param seed decides the faults
   * @param length from the first fault to the last
   * @param lease of attempts, as nodes have it configured
   * @param place where data and log go
   */
  public record Setup(String main, long seed, Duration length, Duration lease, ChaosFolder place) {}

  /** Hears how it goes. */
  public interface Listener {
    void waiting(String what);

    /**
     * @param wentOnAfter milliseconds, null if those it hit did not go on
     */
    void hit(Instant at, Kind kind, String what, @Nullable Long wentOnAfter);
  }

  public ChaosRun(Setup setup, Load load, Nodes nodes, InstantSource clock, Listener listener) {
    this.setup = setup;
    this.load = load;
    this.listener = listener;
    watch = new Watch(clock);
    var place = setup.place();
    var program = NodeProcess.Program.ofThisJvm(setup.main(), place.data(), place.log());
    keeper = new NodeKeeper(nodes, program, connection, watch);
    schedule = new Schedule(setup.seed(), setup.lease());
    injector = new Injector(schedule, load, watch, keeper);
  }

  /**
   * Blocks for the length of the run, and until sessions have ended.
   *
   * @throws IOException if a node cannot be started
   * @throws SQLException if the journal cannot be read afterwards
   */
  public ChaosReport run() throws IOException, SQLException, InterruptedException {
    var began = watch.now();
    var seats = new ArrayList<Thread>();
    try {
      listener.waiting("starting the swarm");
      var _ = keeper.launch();
      keeper.serve();
      for (int i = 1; i <= SEATS; i++) {
        var seat = new Seat(connection, watch, load, numbers, open::get);
        seats.add(Thread.ofVirtual().name("seat-" + i).start(seat));
      }
      injectFaults();
      listener.waiting("letting sessions end");
      open.set(false);
      awaitEnd(seats);
      endUnknown();
      if (!keeper.node().stop()) {
        watch.problem("the control node did not end in order within a minute");
      }
      return judge(Duration.between(began, watch.now()));
    } finally {
      open.set(false);
      seats.forEach(Thread::interrupt);
      abandon();
    }
  }

  /** Ends every process at once: for an end without order. */
  public void abandon() {
    keeper.destroy();
    watch.processes().forEach(ProcessHandle::destroyForcibly);
  }

  private void injectFaults() throws IOException, InterruptedException {
    var until = watch.now().plus(setup.length());
    while (watch.now().isBefore(until)) {
      keeper.check();
      Strike strike = schedule.next();
      var hit = injector.inject(strike).orElse(null);
      if (hit != null) {
        hits.add(hit);
        awaitGoingOn(hit);
        listener.hit(hit.at(), hit.kind(), hit.what(), hit.wentOnAfter());
      }
      Injector.pass(schedule.calm());
    }
  }

  private void awaitGoingOn(Hit hit) throws IOException, InterruptedException {
    var until = watch.now().plus(GO_ON_WITHIN);
    while (watch.now().isBefore(until)) {
      keeper.check();
      var seen = watch.next(LOOK);
      if (seen != null && hit.goesOnWith(seen)) {
        return;
      }
    }
    watch.problem(
        "%s %s (%s): nothing went on within %d s"
            .formatted(
                hit.kind().fault(),
                hit.kind().moment(),
                hit.what(),
                GO_ON_WITHIN.toSeconds()));
  }

  private void awaitEnd(List<Thread> seats) throws IOException, InterruptedException {
    var until = watch.now().plus(END_WITHIN);
    for (Thread seat : seats) {
      while (seat.isAlive() && watch.now().isBefore(until)) {
        keeper.check();
        var _ = seat.join(LOOK);
      }
    }
  }

  /** Sessions that were opened when the node died before it could say so go on, too. */
  private void endUnknown() throws IOException, InterruptedException {
    var known = new HashSet<String>();
    watch.acknowledged().forEach(fact -> known.add(fact.session()));
    var followers = new ArrayList<Thread>();
    for (SessionSummary session : sessions()) {
      if (session.endedAt() == null && !known.contains(session.id())) {
        var seat = new Seat(connection, watch, load, numbers, () -> false);
        followers.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    seat.follow(session.id(), null);
                  } catch (InterruptedException | Interrupted _) {
                    Thread.currentThread().interrupt();
                  }
                }));
      }
    }
    try {
      awaitEnd(followers);
    } finally {
      followers.forEach(Thread::interrupt);
    }
  }

  private List<SessionSummary> sessions() throws IOException, InterruptedException {
    try {
      return connection.get().sessions();
    } catch (NodeGone _) {
      keeper.check();
      return connection.get().sessions();
    }
  }

  private ChaosReport judge(Duration took) throws IOException, SQLException, InterruptedException {
    listener.waiting("reading the journal");
    var left = Leftovers.find(keeper.data(), watch.processes(), keeper.endpoints());
    return Judgement.of(
        new Judgement.Run(setup.seed(), took.toSeconds(), hits, Schedule.kinds()),
        watch,
        load,
        StoredJournal.read(keeper.data()),
        left);
  }
}
