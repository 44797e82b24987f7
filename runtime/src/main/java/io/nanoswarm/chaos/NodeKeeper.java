package io.nanoswarm.chaos;

import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.Nodes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Has one node at a time run on a data folder, and starts another when it is gone. */
final class NodeKeeper {
  private static final long START_SECONDS = 90;

  private final Nodes nodes;
  private final NodeProcess.Program program;
  private final NodeByNode connection;
  private final Watch watch;
  private final Set<URI> endpoints = new HashSet<>();
  private @Nullable NodeProcess node;

  NodeKeeper(Nodes nodes, NodeProcess.Program program, NodeByNode connection, Watch watch) {
    this.nodes = nodes;
    this.program = program;
    this.connection = connection;
    this.watch = watch;
  }

  /** Starts a process; {@link #serve} waits until it serves. */
  NodeProcess launch() throws IOException {
    var started = NodeProcess.start(program);
    node = started;
    watch.seen(List.of(started.handle()));
    return started;
  }

  /**
   * Waits until the launched node serves, and has clients use it.
   *
   * @throws IOException if it does not
   */
  void serve() throws IOException, InterruptedException {
    try {
      if (!node().ready().get(START_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            "the node ended while it started, with exit code %d: see %s"
                .formatted(node().exitCode(), program.log()));
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the node did not come up: see " + program.log(), e);
    }
    var endpoint =
        nodes
            .running(program.data())
            .orElseThrow(() -> new IOException("the node serves, and is not found"));
    endpoints.add(endpoint.uri());
    connection.serve(new EndpointClient(endpoint));
  }

  NodeProcess node() {
    return Objects.requireNonNull(node, "no node was launched");
  }

  /** One that has ended, and nobody has ended it, is a problem, and is followed by another. */
  void check() throws IOException, InterruptedException {
    if (!node().alive()) {
      watch.problem("the control node ended by itself, with exit code " + node().exitCode());
      var _ = launch();
      serve();
    }
  }

  Path data() {
    return program.data();
  }

  Set<URI> endpoints() {
    return endpoints;
  }

  void destroy() {
    if (node != null) {
      node.destroy();
    }
  }
}
