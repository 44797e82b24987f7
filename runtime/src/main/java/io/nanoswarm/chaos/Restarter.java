package io.nanoswarm.chaos;

import io.nanoswarm.client.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Starts nodes again that have ended, a second later, as those of an operating system do. A node
 * that ends although nothing was done to it is a problem.
 */
final class Restarter implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final List<ClusterNode> nodes;
  private final Watch watch;
  private final Set<ClusterNode> hit = new HashSet<>();
  private final Set<ClusterNode> lost = new HashSet<>();
  private final Thread thread = Thread.ofVirtual().name("restarter").unstarted(this::run);
  private int returns;

  Restarter(List<ClusterNode> nodes, Watch watch) {
    this.nodes = nodes;
    this.watch = watch;
  }

  void start() {
    thread.start();
  }

  /** Its next end is somebody's doing. */
  synchronized void expect(ClusterNode node) {
    hit.add(node);
  }

  /** The others go on without it: it ends by itself, and says so, as often as it takes. */
  synchronized void expectLost(Collection<ClusterNode> nodes) {
    lost.addAll(nodes);
  }

  /** Whatever was expected has happened, be it that nobody has looked yet, or will not. */
  synchronized void expectNothing() {
    hit.removeIf(node -> node.ended() == null);
    lost.clear();
  }

  /** How often a node ended by itself, since others had gone on without it, and came back. */
  synchronized int returns() {
    return returns;
  }

  private void run() {
    try {
      while (true) {
        Injector.pass(LOOK);
        for (ClusterNode node : nodes) {
          look(node);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look(ClusterNode node) throws IOException {
    var code = node.ended();
    if (code == null) {
      return;
    }
    if (code == ExitCode.ENVIRONMENT.code() && lost.contains(node)) {
      returns++;
    } else if (!hit.remove(node)) {
      watch.problem("%s ended by itself, with exit code %d".formatted(node, code));
    }
    watch.seen(List.of(node.start()));
  }

  @Override
  public void close() {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      var _ = thread.join(LOOK.multipliedBy(10));
    } catch (InterruptedException _) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
