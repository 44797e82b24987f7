package io.nanoswarm.chaos;

import io.nanoswarm.chaos.Signals.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Injects faults into a cluster, and ends them. Used by one thread. */
final class ClusterInjector {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration WITHOUT_DATABASE = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofSeconds(40);

  private final Cluster cluster;
  private final Network network;
  private final Watch watch;
  private final Random random;

  /** Ends a fault, by itself or with the next step of it. */
  interface Undo {
    void end() throws IOException, InterruptedException;
  }

  /**
   * A fault under way.
   *
   * @param hit what it is told by
   * @param lasts how long it goes on unless it is over at once
   * @param undo what ends it then
   */
  record Ongoing(ClusterHit hit, Duration lasts, Undo undo) {}

  ClusterInjector(Cluster cluster, Network network, Watch watch, long seed) {
    this.cluster = cluster;
    this.network = network;
    this.watch = watch;
    random = new Random(seed);
  }

  /** Injects it, and says what is left to do. */
  Ongoing inject(ClusterFault fault) throws IOException, InterruptedException {
    return switch (fault) {
      case KILL_SUPERVISING -> kill(fault, List.of(cluster.supervising()));
      case KILL_CONTROL -> {
        var supervising = cluster.supervising();
        yield kill(
            fault,
            List.of(
                one(
                    cluster.controls().stream()
                        .filter(node -> !node.equals(supervising))
                        .toList())));
      }
      case KILL_ALL_CONTROL -> {
        // Machines that no control node is left for end themselves, to join those that come.
        cluster.restarter().expectLost(cluster.machines());
        yield kill(fault, cluster.controls());
      }
      case KILL_MACHINE -> kill(fault, List.of(one(cluster.machines())));
      case LEAVE_CONTROL -> restart(fault, List.of(one(cluster.controls())));
      case LEAVE_MACHINE -> restart(fault, List.of(one(cluster.machines())));
      case ROLL -> restart(fault, cluster.controls());
      case UPGRADE_CONTROL, UPGRADE_MACHINE, BACK_CONTROL ->
          throw new IllegalArgumentException(fault + " (expected: to be told the node)");
      case DRAIN -> drain(fault, one(cluster.machines()));
      case PAUSE_CONTROL -> pause(fault, one(cluster.controls()), SHORT);
      case PAUSE_MACHINE -> pause(fault, one(cluster.machines()), SHORT);
      case PAUSE_CONTROL_LONG -> pause(fault, one(cluster.controls()), LONG);
      case PAUSE_MACHINE_LONG -> pause(fault, one(cluster.machines()), LONG);
      case BREAK_CONTROL -> part(fault, List.of(one(cluster.controls())), SHORT);
      case BREAK_MACHINE -> part(fault, List.of(one(cluster.machines())), SHORT);
      case PART_CONTROL -> part(fault, List.of(one(cluster.controls())), LONG);
      case PART_MACHINE -> part(fault, List.of(one(cluster.machines())), LONG);
      case PART_HALVES -> {
        var side = new ArrayList<ClusterNode>();
        side.add(one(cluster.controls()));
        var machines = cluster.machines();
        side.addAll(machines.subList(0, machines.size() / 2));
        yield part(fault, side, LONG);
      }
      case MUTE_CONTROL -> mute(fault, one(cluster.controls()));
      case MUTE_MACHINE -> mute(fault, one(cluster.machines()));
      case NO_DATABASE -> {
        var node = one(cluster.controls());
        var hit = hit(fault, List.of(node));
        network.cutOffDatabase(node.place());
        yield new Ongoing(hit, WITHOUT_DATABASE, network::heal);
      }
    };
  }

  /** Has a node end, and be started as the other version. */
  Ongoing replace(ClusterFault fault, ClusterNode node) {
    node.useOther();
    return restart(fault, List.of(node));
  }

  private ClusterNode one(List<ClusterNode> nodes) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private ClusterHit hit(ClusterFault fault, Collection<ClusterNode> nodes) {
    var names = nodes.stream().map(ClusterNode::toString).collect(Collectors.joining(", "));
    return new ClusterHit(fault, names, watch.now(), watch.open());
  }

  private Ongoing kill(ClusterFault fault, List<ClusterNode> nodes)
      throws IOException, InterruptedException {
    nodes.forEach(cluster.restarter()::expect);
    var hit = hit(fault, nodes);
    var processes = nodes.stream().flatMap(node -> node.processes().stream()).toList();
    Signals.send(Signal.KILL, processes);
    for (ProcessHandle process : processes) {
      process.onExit().join();
    }
    return new Ongoing(hit, Duration.ZERO, () -> {});
  }

  /** One after the other, each when the one before is up again. */
  private Ongoing restart(ClusterFault fault, List<ClusterNode> nodes) {
    return new Ongoing(
        hit(fault, nodes),
        Duration.ZERO,
        () -> {
          for (ClusterNode node : nodes) {
            cluster.restarter().expect(node);
            if (!node.stop()) {
              watch.problem("%s did not end in order".formatted(node));
              node.destroy();
            }
            cluster.awaitWhole();
          }
        });
  }

  private Ongoing drain(ClusterFault fault, ClusterNode node) {
    return new Ongoing(
        hit(fault, List.of(node)),
        Duration.ZERO,
        () -> {
          cluster.drain(node);
          cluster.restarter().expect(node);
          if (!node.stop()) {
            watch.problem("%s did not end in order".formatted(node));
            node.destroy();
          }
        });
  }

  private Ongoing pause(ClusterFault fault, ClusterNode node, Duration length)
      throws IOException, InterruptedException {
    var paused = node.processes();
    cluster.restarter().expectLost(List.of(node));
    var hit = hit(fault, List.of(node));
    Signals.send(Signal.STOP, paused);
    return new Ongoing(hit, length, () -> Signals.send(Signal.CONT, paused));
  }

  private Ongoing part(ClusterFault fault, List<ClusterNode> side, Duration length)
      throws IOException, InterruptedException {
    var hit = hit(fault, side);
    cluster.restarter().expectLost(side);
    for (ClusterNode one : side) {
      for (ClusterNode other : cluster.nodes()) {
        if (!side.contains(other)) {
          network.cut(one.place(), other.place());
          network.cut(other.place(), one.place());
        }
      }
    }
    return new Ongoing(hit, length, network::heal);
  }

  private Ongoing mute(ClusterFault fault, ClusterNode node)
      throws IOException, InterruptedException {
    var hit = hit(fault, List.of(node));
    cluster.restarter().expectLost(List.of(node));
    for (ClusterNode other : cluster.nodes()) {
      if (!other.equals(node)) {
        network.cut(node.place(), other.place());
      }
    }
    return new Ongoing(hit, LONG, network::heal);
  }
}
