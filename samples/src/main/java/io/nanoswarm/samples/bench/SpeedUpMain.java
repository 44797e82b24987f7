package io.nanoswarm.samples.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how much sooner more agents are done with the same independent tasks. */
@Command(name = "SpeedUpMain", mixinStandardHelpOptions = true)
public final class SpeedUpMain implements Callable<Integer> {
  private static final int WARM_UP_TASKS_EACH = 2;

  @Option(names = "--work", description = "none, wait:<n>ms or cpu:<millions of steps>.")
  private String work = "wait:200ms";

  @Option(names = "--tasks", description = "Independent tasks of a session, at most 999.")
  private int tasks = 32;

  @Option(names = "--agents", split = ",", description = "How many agents; the first is compared.")
  private List<Integer> agents = List.of(1, 2, 4, 8);

  @Option(names = "--isolation", description = "process or shared.")
  private String isolation = "process";

  @Option(names = "--repeats", description = "How often all is measured, each on a new node.")
  private int repeats = 3;

  private SpeedUpMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new SpeedUpMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    SequencedMap<Integer, List<Duration>> makespans = new TreeMap<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      try (var swarm = new LoadSwarm(isolation)) {
        for (int count : agents.stream().sorted().toList()) {
          makespans.computeIfAbsent(count, _ -> new ArrayList<>()).add(measure(swarm, count));
        }
      }
    }
    print(makespans);
    return 0;
  }

  private Duration measure(LoadSwarm swarm, int count) throws InterruptedException {
    Load load = Load.parse(work);
    var _ = swarm.bringUp(count);
    var _ = swarm.run(count, WARM_UP_TASKS_EACH * count, load);
    return LoadSwarm.makespan(swarm.run(count, tasks, load));
  }

  private void print(SequencedMap<Integer, List<Duration>> makespans) {
    System.out.printf("%d tasks of %s, agents by %s%n%n", tasks, work, isolation);
    System.out.println("| agents | makespan, s | speed-up | share of the agents |");
    System.out.println("|---|---|---|---|");
    var base = makespans.firstEntry();
    makespans.forEach((count, times) -> {
      var seconds = new Spread(times.stream().map(SpeedUpMain::seconds).toList());
      var ratios = new ArrayList<Double>();
      for (int i = 0; i < times.size(); i++) {
        ratios.add(seconds(base.getValue().get(i)) / seconds(times.get(i)));
      }
      var speedUp = new Spread(ratios);
      double share = speedUp.median() * base.getKey() / count;
      System.out.printf(
          Locale.ROOT, "| %d | %s | %s | %.0f %% |%n", count, seconds, speedUp, 100 * share);
    });
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
