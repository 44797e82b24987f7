package io.nanoswarm.chaos;

import io.nanoswarm.api.NodesView;
import io.nanoswarm.client.Endpoint;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.Refused;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The nodes of one cluster, and what its endpoints say of it. */
final class Cluster implements AutoCloseable {
  private static final Duration WHOLE_WITHIN = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final List<ClusterNode> nodes;
  private final Watch watch;
  private final Restarter restarter;
  private final Map<ClusterNode, EndpointClient> clients = new LinkedHashMap<>();

  /**
   * @param token that its endpoints take
   */
  Cluster(List<ClusterNode> nodes, String token, Watch watch) {
    this.nodes = List.copyOf(nodes);
    this.watch = watch;
    restarter = new Restarter(this.nodes, watch);
    for (ClusterNode node : controls()) {
      clients.put(node, new EndpointClient(new Endpoint(URI.create(node.endpoint()), token)));
    }
  }

  /** Starts all nodes at once, and waits until they know each other. */
  void start() throws IOException, InterruptedException {
    for (ClusterNode node : nodes) {
      watch.seen(List.of(node.start()));
    }
    restarter.start();
    if (!awaitWhole()) {
      throw new IOException("the nodes did not come together: see their logs");
    }
  }

  List<ClusterNode> nodes() {
    return nodes;
  }

  List<ClusterNode> controls() {
    return nodes.stream().filter(ClusterNode::isControl).toList();
  }

  List<ClusterNode> machines() {
    return nodes.stream().filter(node -> !node.isControl()).toList();
  }

  List<EndpointClient> clients() {
    return List.copyOf(clients.values());
  }

  Restarter restarter() {
    return restarter;
  }

  /**
   * The control node that the supervisor is on.
   *
   * @throws IOException if nobody says
   */
  ClusterNode supervising() throws IOException, InterruptedException {
    var until = watch.now().plus(WHOLE_WITHIN);
    while (watch.now().isBefore(until)) {
      for (EndpointClient client : clients.values()) {
        var address =
            seenBy(client).stream()
                .filter(NodesView.NodeView::supervises)
                .map(NodesView.NodeView::address)
                .toList();
        for (ClusterNode node : controls()) {
          if (address.contains(node.address())) {
            return node;
          }
        }
      }
      Injector.pass(LOOK); // it may just be on its way
    }
    throw new IOException("no node says where the supervisor is");
  }

  /** Has the agents of a machine replaced elsewhere, and waits until it has none. */
  void drain(ClusterNode node) throws InterruptedException {
    var client = clients.values().iterator().next();
    var until = watch.now().plus(WHOLE_WITHIN);
    boolean asked = false;
    while (watch.now().isBefore(until)) {
      try {
        asked = asked || !client.drain(node.address()).nodes().isEmpty();
        if (client.nodes().nodes().stream()
            .anyMatch(view ->
                view.address().equals(node.address())
                    && Integer.valueOf(0).equals(view.agents()))) {
          return;
        }
      } catch (NodeGone | Refused _) {
        // once more
      }
      Injector.pass(LOOK);
    }
    watch.problem("%s still has agents, drained %s".formatted(node, WHOLE_WITHIN));
  }

  /**
   * Waits until every control node answers and sees every node up; notes it as a problem if that
   * does not come.
   */
  boolean awaitWhole() throws InterruptedException {
    var until = watch.now().plus(WHOLE_WITHIN);
    List<String> missing = List.of();
    while (watch.now().isBefore(until)) {
      missing = missing();
      if (missing.isEmpty()) {
        return true;
      }
      Injector.pass(LOOK);
    }
    watch.problem(
        "the cluster was not whole again within %d s: %s"
            .formatted(WHOLE_WITHIN.toSeconds(), String.join("; ", missing)));
    return false;
  }

  private List<String> missing() {
    var missing = new ArrayList<String>();
    clients.forEach((node, client) -> {
      var seen = seenBy(client);
      for (ClusterNode other : nodes) {
        var state =
            seen.stream()
                .filter(view -> view.address().equals(other.address()))
                .map(NodesView.NodeView::state)
                .toList();
        if (!state.equals(List.of("up"))) {
          missing.add("%s sees %s as %s".formatted(node, other, state));
        }
      }
    });
    return missing;
  }

  private static List<NodesView.NodeView> seenBy(EndpointClient client) {
    try {
      var _ = client.health();
      return client.nodes().nodes();
    } catch (NodeGone | Refused _) {
      return List.of();
    }
  }

  /** Has all nodes end in order at once, and notes those that do not. */
  void stop() throws InterruptedException {
    restarter.close();
    nodes.forEach(ClusterNode::tellToEnd);
    for (ClusterNode node : nodes) {
      if (!node.awaitEnd()) {
        watch.problem("%s did not end in order".formatted(node));
      }
    }
  }

  @Override
  public void close() {
    restarter.close();
    nodes.forEach(ClusterNode::destroy);
  }
}
