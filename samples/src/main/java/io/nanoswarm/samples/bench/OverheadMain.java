package io.nanoswarm.samples.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what a task costs that does nothing: through a swarm, and in a plain loop of this JVM
 * that commits as many rows of the same size to a database with the same promise.
 */
@Command(name = "OverheadMain", mixinStandardHelpOptions = true)
public final class OverheadMain implements Callable<Integer> {
  /** As the control node opens its journal. */
  private static final String DURABLE = "jdbc:h2:file:%s;WRITE_DELAY=0";

  private static final int WARM_UP = 250;

  @Option(
      names = "--tasks",
      split = ",",
      description = "How many independent tasks a session has, at most 9999.")
  private List<Integer> tasks = List.of(500);

  @Option(names = "--agents", split = ",", description = "How many agents; few before many.")
  private List<Integer> agents = List.of(1, 4);

  @Option(names = "--isolation", description = "process or shared.")
  private String isolation = "process";

  @Option(names = "--repeats", description = "How often all is measured, each on a new node.")
  private int repeats = 3;

  /** What a session left in the journal. */
  private record Rows(int count, int bytesEach) {}

  /**
   * Per task.
   *
   * @param swarm milliseconds from the first task's beginning to the last one's end
   * @param cpu milliseconds that the cores spent on the control node
   * @param rows stored
   * @param loop milliseconds that the plain loop took
   */
  private record Cost(double swarm, double cpu, double rows, double loop) {}

  private OverheadMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new OverheadMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    System.out.printf("Tasks of none, agents by %s%n%n", isolation);
    System.out.println(
        "| tasks | agents | swarm, ms per task | node's CPU, ms per task | rows per task | plain"
            + " loop, ms per task | ratio |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (int size : tasks) {
      for (int count : agents) {
        row(size, count);
      }
    }
    return 0;
  }

  private void row(int size, int count) throws IOException, InterruptedException, SQLException {
    var measured = new ArrayList<Cost>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      measured.add(measure(size, count));
    }
    System.out.printf(
        "| %d | %d | %s | %s | %s | %s | %s |%n",
        size,
        count,
        spread(measured, Cost::swarm),
        spread(measured, Cost::cpu),
        spread(measured, Cost::rows),
        spread(measured, Cost::loop),
        spread(measured, cost -> cost.swarm() / cost.loop()));
  }

  private static Spread spread(List<Cost> measured, Function<Cost, Double> figure) {
    return new Spread(measured.stream().map(figure).toList());
  }

  /** After a session of another 250 tasks, so that sizes differ in nothing else. */
  private Cost measure(int size, int count) throws IOException, InterruptedException, SQLException {
    try (var swarm = new LoadSwarm(isolation)) {
      var _ = swarm.bringUp(count);
      var _ = swarm.run(count, WARM_UP, new Load.None());
      long before = cpuNanos();
      var session = swarm.run(count, size, new Load.None());
      double cpu = perTask(cpuNanos() - before, size);
      swarm.stop();
      Rows rows = left(swarm.journal(), session.id());
      long loop = loop(swarm.journal().resolveSibling("loop"), rows);
      return new Cost(
          perTask(LoadSwarm.makespan(session).toNanos(), size),
          cpu,
          (double) rows.count() / size,
          perTask(loop, size));
    }
  }

  private static double perTask(long nanos, int size) {
    return nanos / 1e6 / size;
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static Rows left(Path journal, String session) throws SQLException {
    var query =
        """
        SELECT COUNT(*), AVG(OCTET_LENGTH("event_payload")) FROM "event_journal"
        WHERE "persistence_id" LIKE ?\
        """;
    try (var connection = DriverManager.getConnection(DURABLE.formatted(journal), "sa", "");
        var statement = connection.prepareStatement(query)) {
      statement.setString(1, "%|" + session);
      var result = statement.executeQuery();
      var _ = result.next();
      return new Rows(result.getInt(1), result.getInt(2));
    }
  }

  /** Nanoseconds that as many commits take; the work itself is nothing, as it was in the swarm. */
  private static long loop(Path file, Rows rows) throws SQLException, InterruptedException {
    Load load = new Load.None();
    try (var connection = DriverManager.getConnection(DURABLE.formatted(file), "sa", "")) {
      try (var create = connection.createStatement()) {
        var _ = create.execute("CREATE TABLE settled (content BLOB)");
      }
      try (var insert = connection.prepareStatement("INSERT INTO settled VALUES (?)")) {
        insertAll(insert, load, rows); // warm-up
        long begun = System.nanoTime();
        insertAll(insert, load, rows);
        return System.nanoTime() - begun;
      }
    }
  }

  /** Each row is a commit of its own. */
  private static void insertAll(PreparedStatement insert, Load load, Rows rows)
      throws SQLException, InterruptedException {
    for (int i = 0; i < rows.count(); i++) {
      var _ = load.perform();
      insert.setBytes(1, new byte[rows.bytesEach()]);
      var _ = insert.executeUpdate();
    }
  }
}
