package io.nanoswarm.load;

import io.nanoswarm.api.NodesView.NodeView;
import io.nanoswarm.program.ThisProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Machine nodes, each in a process of its own on this machine, that join a {@link LoadNode} and
 * have all its agents: the node's own machine takes none. Only ever more of them.
 *
 * <p>Lifecycle: they end with {@link #close}, and with this JVM, however it ends.
 */
final class LoadMachines implements AutoCloseable {
  private static final Duration UP_WITHIN = Duration.ofMinutes(2);
  private static final int END_WITHIN_SECONDS = 60;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final LoadNode node;
  private final Path folder;
  private final InstantSource clock;
  private final List<Process> processes = new ArrayList<>();

  /**
   * @param folder for their data folders and logs
   */
  LoadMachines(LoadNode node, Path folder, InstantSource clock) {
    this.node = node;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Returns when so many are up, and the node has no agents itself.
   *
   * @throws IOException if one does not start, or ends
   */
  void bringUp(int machines) throws IOException, InterruptedException {
    while (processes.size() < machines) {
      processes.add(start(processes.size() + 1));
    }
    await(
        "%d machines to be up".formatted(machines),
        () ->
            nodes().stream().filter(each -> isMachine(each) && each.state().equals("up")).count()
                == machines);
    node.drainItself();
    await(
        "the node's own agents to be elsewhere",
        () -> nodes().stream().filter(each -> !isMachine(each)).allMatch(LoadMachines::isEmpty));
  }

  /** Of all that were started. */
  List<ProcessHandle> handles() {
    return processes.stream().map(Process::toHandle).toList();
  }

  private List<NodeView> nodes() {
    return node.nodes().nodes();
  }

  private boolean isMachine(NodeView view) {
    return !view.address().equals(node.address());
  }

  private static boolean isEmpty(NodeView view) {
    return Integer.valueOf(0).equals(view.agents());
  }

  private Process start(int number) throws IOException {
    Path own = Files.createDirectories(folder.resolve("machine-" + number));
    var log = ProcessBuilder.Redirect.appendTo(log(number).toFile());
    var line = new ArrayList<>(ThisProgram.line());
    line.addAll(
        List.of(
            "node",
            "--leashed",
            "--port",
            Integer.toString(freePort()),
            "--join",
            node.address(),
            "--data",
            own.resolve("data").toString()));
    return ThisProgram.in(own, line).redirectOutput(log).redirectError(log).start();
  }

  /** A member that joins others has to know its port; nobody has this one just now. */
  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Path log(int number) {
    return folder.resolve("machine-" + number).resolve("node.log");
  }

  /** Looks again and again, and at once when a machine ends. */
  private void await(String what, BooleanSupplier done) throws IOException, InterruptedException {
    Instant until = clock.instant().plus(UP_WITHIN);
    while (!done.getAsBoolean()) {
      if (clock.instant().isAfter(until)) {
        throw new IOException("waited %d s for %s".formatted(UP_WITHIN.toSeconds(), what));
      }
      int ended = endedWithin(LOOK_EVERY);
      if (ended > 0) {
        throw new IOException(
            "machine %d of the load test ended with code %d: %s"
                .formatted(
                    ended,
                    processes.get(ended - 1).exitValue(),
                    Files.readString(log(ended)).strip()));
      }
    }
  }

  /** The number of a machine that has ended, or does in this time; 0 if none. */
  private int endedWithin(Duration time) throws InterruptedException {
    for (int i = 0; i < processes.size(); i++) {
      long wait = i == 0 ? time.toMillis() : 0;
      if (processes.get(i).waitFor(wait, TimeUnit.MILLISECONDS)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** In order, and not so what does not end within a minute. */
  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
          end(process);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        processes.forEach(LoadMachines::end);
        return;
      }
    }
  }

  private static void end(Process process) {
    var below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
