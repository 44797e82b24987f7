package io.nanoswarm.chaos;

import io.nanoswarm.chaos.Schedule.Strike;
import io.nanoswarm.client.Nodes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Of one control node and its workers. */
public final class ChaosRun implements FaultyRun {
  private static final Duration GO_ON_WITHIN = Duration.ofMinutes(2);
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
  private final List<Hit> hits = new ArrayList<>();

  /**
   * How it is run.
   *
   * @param seed decides the faults
   * @param length from the first fault to the last
   * @param only faults that have this in their names; all if it is empty
   * @param lease of attempts, as nodes have it configured
   * @param place where data and log go
   */
  public record Setup(long seed, Duration length, String only, Duration lease, ChaosFolder place) {}

  public ChaosRun(Setup setup, Load load, Nodes nodes, InstantSource clock, Listener listener) {
    this.setup = setup;
    this.load = load;
    this.listener = listener;
    watch = new Watch(clock);
    var place = setup.place();
    var program = NodeProcess.Program.ofThisJvm(place.data(), place.log());
    keeper = new NodeKeeper(nodes, program, connection, watch);
    schedule = new Schedule(setup.seed(), setup.lease(), setup.only());
    injector = new Injector(schedule, load, watch, keeper);
  }

  @Override
  public ChaosReport run() throws IOException, SQLException, InterruptedException {
    var began = watch.now();
    try (var seats = new Seats(connection, watch, load, keeper::check)) {
      listener.waiting("starting the swarm");
      var _ = keeper.launch();
      keeper.serve();
      seats.start(SEATS);
      injectFaults();
      listener.waiting("letting sessions end");
      seats.finish();
      if (!keeper.node().stop()) {
        watch.problem("the control node did not end in order within a minute");
      }
      return judge(Duration.between(began, watch.now()));
    } finally {
      abandon();
    }
  }

  @Override
  public void abandon() {
    keeper.destroy();
    watch.processes().forEach(ProcessHandle::destroyForcibly);
  }

  /** Whether any fault has these words in its name. */
  public static boolean has(String words) {
    return Schedule.kinds().stream().anyMatch(kind -> kind.has(words));
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
                hit.kind().fault(), hit.kind().moment(), hit.what(), GO_ON_WITHIN.toSeconds()));
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
