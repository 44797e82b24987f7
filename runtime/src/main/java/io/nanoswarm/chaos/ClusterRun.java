package io.nanoswarm.chaos;

import io.nanoswarm.chaos.ClusterFault.Nature;
import io.nanoswarm.chaos.ClusterInjector.Ongoing;
import io.nanoswarm.program.ThisProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Of a cluster of its own, and of the network between its nodes. */
public final class ClusterRun implements FaultyRun {
  private static final Duration GO_ON_WITHIN = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int SEATS = 3;
  private static final int TOKEN_BYTES = 24;
  private static final String UNDEFINED_TABLE = "42P01";

  private final Setup setup;
  private final Load load;
  private final Listener listener;
  private final Watch watch;
  private final Network network;
  private final Cluster cluster;
  private final ClusterInjector injector;
  private final Random random;
  private final Deque<ClusterFault> next = new ArrayDeque<>();
  private final List<ClusterHit> hits = new ArrayList<>();

  /**
   * How it is run.
   *
   * @param seed decides the faults
   * @param length from the first fault to the last
   * @param only faults that have this in their names; all if it is empty
   * @param controls how many control nodes, at least two, which keep their journal where this
   *     process is told to
   * @param machines how many machines, at least one
   * @param namespaces whether nodes have network namespaces of their own, rather than loopback
   *     addresses; this process must be in a fresh one then
   * @param before the program of another version that the nodes are started with, before each is
   *     started as this one; null for none
   * @param place where data and logs go
   * @param journal opens the journal that the control nodes use
   */
  public record Setup(
      long seed,
      Duration length,
      String only,
      int controls,
      int machines,
      boolean namespaces,
      @Nullable Path before,
      ChaosFolder place,
      Journal journal) {}

  /** The database that control nodes share. */
  public interface Journal {
    Connection open() throws SQLException;
  }

  /**
   * @throws IOException if there cannot be such a network here; says why
   */
  public ClusterRun(Setup setup, Load load, InstantSource clock, Listener listener)
      throws IOException, InterruptedException {
    this.setup = setup;
    this.load = load;
    this.listener = listener;
    watch = new Watch(clock);
    random = new Random(setup.seed());
    int count = setup.controls() + setup.machines();
    network =
        setup.namespaces()
            ? Namespaces.create(count)
            : new Loopback(count, ProcessHandle.current().pid());
    var token = token();
    cluster = new Cluster(nodes(token), token, watch);
    injector = new ClusterInjector(cluster, network, watch, setup.seed());
  }

  private static String token() {
    var bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private List<ClusterNode> nodes(String token) throws IOException {
    Path tokenFile =
        Files.createFile(
            setup.place().root().resolve("token"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(tokenFile, token);
    var program = ThisProgram.line();
    var first = setup.before() == null ? program : List.of(setup.before().toString());
    var places = network.places();
    var seeds = places.subList(0, setup.controls());
    var nodes = new ArrayList<ClusterNode>();
    for (int i = 0; i < places.size(); i++) {
      var role = i < setup.controls() ? ClusterNode.Role.CONTROL : ClusterNode.Role.MACHINE;
      nodes.add(
          new ClusterNode(
              places.get(i), role, first, program, seeds, setup.place().root(), tokenFile));
    }
    return nodes;
  }

  @Override
  public ChaosReport run() throws IOException, SQLException, InterruptedException {
    var began = watch.now();
    refuseUsed();
    var connection = new Rotation(cluster.clients());
    try (var seats = new Seats(connection, watch, load, () -> {})) {
      listener.waiting("starting %d nodes".formatted(cluster.nodes().size()));
      cluster.start();
      seats.start(SEATS);
      awaitOpen();
      if (setup.before() != null) {
        upgrade();
      }
      injectFaults();
      listener.waiting("letting sessions end");
      seats.finish();
      listener.waiting(
          "%d times a node ended since others went on without it, and was started again"
              .formatted(cluster.restarter().returns()));
      listener.waiting("ending the nodes");
      cluster.stop();
      return judge(Duration.between(began, watch.now()));
    } finally {
      abandon();
    }
  }

  /** What is there already would be driven, and judged, as well. */
  private void refuseUsed() throws SQLException, IOException {
    try (var connection = setup.journal().open();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT 1 FROM \"event_journal\" LIMIT 1")) {
      if (row.next()) {
        throw new IOException("the database holds sessions: give it one of its own");
      }
    } catch (SQLException e) {
      if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  @Override
  public void abandon() {
    cluster.close();
    watch.processes().forEach(ProcessHandle::destroyForcibly);
    network.close();
  }

  /**
   * Node by node; the first one goes back once, as people do who find something wrong, and while
   * there are two versions one control node and one machine are killed.
   */
  private void upgrade() throws IOException, InterruptedException {
    var first = cluster.controls().getFirst();
    replace(ClusterFault.UPGRADE_CONTROL, first);
    tell(injector.inject(ClusterFault.KILL_CONTROL));
    replace(ClusterFault.BACK_CONTROL, first);
    for (ClusterNode node : cluster.controls()) {
      replace(ClusterFault.UPGRADE_CONTROL, node);
    }
    tell(injector.inject(ClusterFault.KILL_MACHINE));
    for (ClusterNode node : cluster.machines()) {
      replace(ClusterFault.UPGRADE_MACHINE, node);
    }
  }

  private void replace(ClusterFault fault, ClusterNode node)
      throws IOException, InterruptedException {
    watch.forgetEvents();
    tell(injector.replace(fault, node));
  }

  private void tell(Ongoing ongoing) throws IOException, InterruptedException {
    hits.add(ongoing.hit());
    awaitGoingOn(ongoing);
    var hit = ongoing.hit();
    listener.hit(hit.at(), hit.kind(), hit.what(), hit.wentOnAfter());
    var _ = cluster.awaitWhole();
    cluster.restarter().expectNothing();
  }

  private void injectFaults() throws IOException, InterruptedException {
    var until = watch.now().plus(setup.length());
    while (watch.now().isBefore(until)) {
      Injector.pass(Duration.ofMillis(500 + random.nextInt(2500)));
      watch.forgetEvents();
      tell(injector.inject(next()));
    }
  }

  private void awaitOpen() throws InterruptedException {
    while (watch.open().size() < SEATS) {
      var _ = watch.next(LOOK);
    }
  }

  private ClusterFault next() {
    if (next.isEmpty()) {
      var all = new ArrayList<>(faults(setup.only(), network.canBeCut()));
      Collections.shuffle(all, random);
      next.addAll(all);
    }
    return next.removeFirst();
  }

  /** Whether any fault has these words in its name, with a network that can be cut or without. */
  public static boolean has(String words, boolean canBeCut) {
    return !faults(words, canBeCut).isEmpty();
  }

  private static List<ClusterFault> faults(String words, boolean canBeCut) {
    return Arrays.stream(ClusterFault.values())
        .filter(fault ->
            switch (fault.nature()) {
              case PROCESS -> true;
              case NETWORK -> canBeCut;
              case VERSION -> false;
            })
        .filter(fault -> fault.kind().has(words))
        .toList();
  }

  /** What goes on while a fault lasts counts. */
  private void awaitGoingOn(Ongoing ongoing) throws IOException, InterruptedException {
    var hit = ongoing.hit();
    var over = hit.at().plus(ongoing.lasts());
    boolean goesOn = hit.waiting().isEmpty();
    while (watch.now().isBefore(over)) {
      var seen = watch.next(Duration.between(watch.now(), over));
      goesOn |= seen != null && hit.goesOnWith(seen);
    }
    ongoing.undo().end();
    var until = watch.now().plus(GO_ON_WITHIN);
    while (!goesOn && watch.now().isBefore(until)) {
      var seen = watch.next(LOOK);
      goesOn = seen != null && hit.goesOnWith(seen);
    }
    if (!goesOn) {
      watch.problem(
          "%s %s (%s): %s did not go on within %d s"
              .formatted(
                  hit.kind().fault(),
                  hit.kind().moment(),
                  hit.what(),
                  hit.waiting(),
                  GO_ON_WITHIN.toSeconds()));
      hit.waiting().forEach(watch::giveUp);
    }
  }

  private ChaosReport judge(Duration took) throws IOException, SQLException, InterruptedException {
    listener.waiting("reading the journal");
    var left = new ArrayList<String>();
    for (ClusterNode node : cluster.nodes()) {
      left.addAll(Leftovers.find(node.data(), watch.processes(), List.of()));
    }
    try (var connection = setup.journal().open()) {
      return Judgement.of(
          new Judgement.Run(
              setup.seed(),
              took.toSeconds(),
              hits,
              Arrays.stream(ClusterFault.values())
                  .filter(fault -> fault.nature() != Nature.VERSION || setup.before() != null)
                  .map(ClusterFault::kind)
                  .toList()),
          watch,
          load,
          StoredJournal.read(connection),
          List.copyOf(left));
    }
  }
}
