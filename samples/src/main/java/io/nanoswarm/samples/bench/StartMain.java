package io.nanoswarm.samples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long agents take to come up and how much memory their JVMs take, and that of their
 * control node, which is this JVM. Whether they start from an ahead-of-time cache is decided by how
 * this JVM was started. Memory needs {@code /proc}.
 */
@Command(name = "StartMain", mixinStandardHelpOptions = true)
public final class StartMain implements Callable<Integer> {
  private static final int TASKS_EACH = 10;

  @Option(names = "--agents", split = ",", description = "How many agents; few before many.")
  private List<Integer> agents = List.of(4);

  @Option(names = "--repeats", description = "How often all is measured, each on a new node.")
  private int repeats = 3;

  private StartMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new StartMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    System.out.println(
        "| agents | asked to up, s | resident, MB each | private, MB each"
            + " | control node: resident, MB | private, MB |");
    System.out.println("|---|---|---|---|---|---|");
    for (int count : agents) {
      var up = new ArrayList<Double>();
      var ofAgents = new Memory();
      var ofNode = new Memory();
      for (int repeat = 0; repeat < repeats; repeat++) {
        try (var swarm = new LoadSwarm("process")) {
          up.add(swarm.bringUp(count).toNanos() / 1e9);
          var _ = swarm.run(count, TASKS_EACH * count, new Load.None());
          for (var agent : swarm.agents()) {
            ofAgents.add(Objects.requireNonNull(agent.pid()));
          }
          ofNode.add(ProcessHandle.current().pid());
        }
      }
      System.out.printf(
          "| %d | %s | %s | %s | %s | %s |%n",
          count,
          new Spread(up),
          new Spread(ofAgents.resident),
          new Spread(ofAgents.own),
          new Spread(ofNode.resident),
          new Spread(ofNode.own));
    }
    return 0;
  }

  /** What some processes take. */
  private static final class Memory {
    final List<Double> resident = new ArrayList<>();
    final List<Double> own = new ArrayList<>();

    void add(long pid) throws IOException {
      resident.add(megabytes(pid, "Rss:"));
      own.add(megabytes(pid, "Private_Clean:") + megabytes(pid, "Private_Dirty:"));
    }
  }

  private static double megabytes(long pid, String field) throws IOException {
    Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
    return Files.readAllLines(rollup).stream()
            .filter(line -> line.startsWith(field))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024.0;
  }
}
