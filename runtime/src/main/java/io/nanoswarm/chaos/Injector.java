package io.nanoswarm.chaos;

import io.nanoswarm.api.Progress;
import io.nanoswarm.chaos.Schedule.Strike;
import io.nanoswarm.chaos.Signals.Signal;
import io.nanoswarm.chaos.Watch.Seen;
import io.nanoswarm.chaos.Watch.TaskKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for the moment of a fault, and injects it. Used by one thread. */
final class Injector {
  private static final Duration SIGN_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);
  private static final String SWARM = "swarm";

  private final Schedule schedule;
  private final Load load;
  private final Watch watch;
  private final NodeKeeper keeper;

  /** Whom a fault hits. */
  private record Victims(
      String name, List<ProcessHandle> processes, Set<TaskKey> tasks, Set<String> agents) {}

  Injector(Schedule schedule, Load load, Watch watch, NodeKeeper keeper) {
    this.schedule = schedule;
    this.load = load;
    this.watch = watch;
    this.keeper = keeper;
  }

  /**
   * Returns when the fault is over: what was killed is started again, if nobody else does it, and
   * what was stopped goes on.
   *
   * @return empty if its moment did not come
   */
  Optional<Hit> inject(Strike strike) throws IOException, InterruptedException {
    watch.forgetEvents();
    var agent = awaitSign(strike.moment());
    if (agent == null) {
      return Optional.empty();
    }
    if (strike.moment() == Moment.STARTING) {
      return strike.fault().target() == Fault.Target.WORKER
          ? startingWorker(strike, agent)
          : Optional.of(startingNode(strike));
    }
    pass(schedule.delay(strike.moment()));
    var victims = victims(strike.fault(), agent);
    if (victims == null) {
      return Optional.empty();
    }
    return Optional.of(strike.fault().pause() ? pause(strike, victims) : kill(strike, victims));
  }

  /** The agent that gives the sign, null if none does. */
  private @Nullable String awaitSign(Moment moment) throws InterruptedException {
    var until = watch.now().plus(SIGN_WITHIN);
    while (watch.now().isBefore(until)) {
      Seen seen = watch.next(Duration.between(watch.now(), until));
      var agent = seen == null ? null : sign(moment, seen.event());
      if (agent != null) {
        return agent;
      }
    }
    return null;
  }

  private @Nullable String sign(Moment moment, Progress event) {
    if (moment == Moment.SETTLING) {
      return event instanceof Progress.Posted(_, var path, var author, _, _)
              && !author.equals(SWARM)
              && load.settlesAfter(path)
          ? author
          : null;
    }
    return event instanceof Progress.TaskBegan(_, _, var agent, _) ? agent : null;
  }

  private @Nullable Victims victims(Fault fault, String agent) {
    var node = keeper.node();
    return switch (fault.target()) {
      case WORKER -> watch.worker(agent).map(worker -> worker(agent, worker)).orElse(null);
      case NODE ->
          new Victims(
              "control node %d".formatted(node.handle().pid()),
              List.of(node.handle()),
              watch.running(Set.of()),
              Set.of());
      case ALL -> {
        var all = new ArrayList<>(node.descendants());
        watch.seen(all);
        all.add(node.handle());
        yield new Victims(
            "all %d processes".formatted(all.size()), all, watch.running(Set.of()), Set.of());
      }
    };
  }

  private Victims worker(String agent, ProcessHandle process) {
    var agents = watch.agents(List.of(process));
    return new Victims(
        "%s, process %d".formatted(agent, process.pid()),
        List.of(process),
        watch.running(agents),
        agents);
  }

  private Hit kill(Strike strike, Victims victims) throws IOException, InterruptedException {
    Signals.send(Signal.KILL, victims.processes());
    var hit = hit(strike, victims, watch.now(), "");
    if (strike.fault().target() != Fault.Target.WORKER) {
      restart();
    }
    return hit;
  }

  private void restart() throws IOException, InterruptedException {
    var _ = keeper.node().exitCode();
    var _ = keeper.launch();
    keeper.serve();
  }

  private static Hit hit(Strike strike, Victims victims, Instant at, String more) {
    return new Hit(strike, victims.name() + more, at, victims.tasks(), victims.agents());
  }

  /** Kills the node, and the next one before or just after it serves. */
  private Hit startingNode(Strike strike) throws IOException, InterruptedException {
    Signals.send(Signal.KILL, List.of(keeper.node().handle()));
    var _ = keeper.node().exitCode();
    var next = keeper.launch();
    pass(schedule.delay(Moment.STARTING));
    Signals.send(Signal.KILL, List.of(next.handle()));
    var hit =
        new Hit(
            strike,
            "control node %d".formatted(next.handle().pid()),
            watch.now(),
            Set.of(),
            Set.of());
    restart();
    return hit;
  }

  /** Kills the JVM of an agent, and the one that follows it before or just after it is up. */
  private Optional<Hit> startingWorker(Strike strike, String agent)
      throws IOException, InterruptedException {
    var first = watch.worker(agent).orElse(null);
    if (first == null) {
      return Optional.empty();
    }
    watch.seen(keeper.node().descendants());
    Signals.send(Signal.KILL, List.of(first));
    var until = watch.now().plus(SIGN_WITHIN);
    while (watch.now().isBefore(until)) {
      var fresh =
          keeper.node().descendants().stream().filter(process -> !watch.knows(process)).findFirst();
      if (fresh.isPresent()) {
        pass(schedule.delay(Moment.STARTING));
        watch.seen(List.of(fresh.get()));
        Signals.send(Signal.KILL, List.of(fresh.get()));
        var name = "%s, process %d".formatted(agent, fresh.get().pid());
        return Optional.of(new Hit(strike, name, watch.now(), Set.of(), Set.of(agent)));
      }
      pass(LOOK_AGAIN);
    }
    return Optional.empty();
  }

  private Hit pause(Strike strike, Victims victims) throws IOException, InterruptedException {
    var length = schedule.pause(strike.fault());
    Signals.send(Signal.STOP, victims.processes());
    var at = watch.now();
    try {
      pass(length);
    } finally {
      Signals.send(Signal.CONT, victims.processes());
    }
    return hit(strike, victims, at, " for %.1f s".formatted(length.toMillis() / 1000.0));
  }

  /** Lets time pass: there is nothing to wait for but time. */
  static void pass(Duration time) throws InterruptedException {
    var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
