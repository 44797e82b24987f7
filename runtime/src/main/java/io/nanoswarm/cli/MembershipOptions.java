package io.nanoswarm.cli;

import io.nanoswarm.client.Isolation;
import io.nanoswarm.client.NodeOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a node is in its cluster. What is not given is as the environment says. */
final class MembershipOptions {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      description =
          "Address that other nodes reach this one by. Default: $NANOSWARM_HOST, else"
              + " 127.0.0.1.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its port in the cluster. Default: $NANOSWARM_PORT, else a free one.")
  private @Nullable Integer port;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "Control nodes that the cluster is found by, the same list"
              + " everywhere; one of them founds it. Default: $NANOSWARM_JOIN, else none.")
  private List<String> join = List.of();

  @Option(names = "--leashed", hidden = true, description = "End in order with standard input.")
  private boolean leashed;

  boolean leashed() {
    return leashed;
  }

  /** Of a node that stays. */
  NodeOptions staying(Consumer<String> waiting) {
    return new NodeOptions(Isolation.PROCESS, true, settings(), waiting);
  }

  /** By their paths in the configuration. */
  private Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    if (host != null) {
      settings.put("swarm.cluster.host", host);
    }
    if (port != null) {
      settings.put("swarm.cluster.port", Integer.toString(port));
    }
    if (!join.isEmpty()) {
      settings.put("swarm.cluster.join", String.join(",", join));
    }
    return settings;
  }
}
