package io.nanoswarm.cli;

import io.nanoswarm.client.LocalNode;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.Tone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
          "Control nodes that the cluster is found by, the same list everywhere; the"
              + " first of them founds it. Default: $NANOSWARM_JOIN, else none.")
  private List<String> join = List.of();

  /** By their paths in the configuration. */
  Map<String, String> settings() {
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

  /** Says so if whoever reaches the node is part of the swarm. */
  void warn(LocalNode node, Console.Port err, Surroundings around) {
    if (node.isOpenToStrangers()) {
      err.print(
          err.look()
              .line()
              .glyph(Tone.WARN, Glyph.WARNING)
              .space(1)
              .text(
                  around.naming(
                      "no TLS: whoever reaches %s is part of the swarm; `swarm certs` makes"
                              .formatted(node.address())
                          + " certificates for a trial")));
    }
  }
}
