package io.nanoswarm.launch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.util.List;

/** What of a node's configuration its workers must share. */
public final class WorkerConfig {
  private WorkerConfig() {}

  /**
   * A member that differs in those of the cluster is refused, or decides differently; the rest is
   * set for a whole swarm. A worker is reached by the host that its node is reached by, and listens
   * where that listens. Of TLS these are paths, and no secret.
   */
  private static final List<String> SHARED =
      List.of(
          "nanoswarm.wire",
          "pekko.cluster.app-version",
          "pekko.cluster.configuration-compatibility-check.checkers",
          "pekko.cluster.downing-provider-class",
          "pekko.cluster.split-brain-resolver",
          "pekko.cluster.sharding.state-store-mode",
          "pekko.cluster.sharding.number-of-shards",
          "pekko.cluster.typed.receptionist.distributed-key-count",
          "pekko.remote.artery.canonical.hostname",
          "pekko.remote.artery.bind.hostname",
          "pekko.remote.artery.transport",
          "pekko.remote.artery.ssl.ssl-engine-provider",
          "pekko.remote.artery.ssl.rotating-keys-engine",
          "swarm.agent-host",
          "swarm.bus",
          "swarm.supervisor.hosts-stop-within",
          ArtifactSettings.MAX_COPIES,
          "swarm.full-text-cache",
          "swarm.placement",
          "swarm.skills");

  /** As HOCON, for {@link LaunchDocument#config()}. */
  public static String sharedBy(Config node) {
    var shared = ConfigFactory.empty();
    for (var path : SHARED) {
      if (node.hasPath(path)) {
        shared = shared.withValue(path, node.getValue(path));
      }
    }
    return shared.root().render(ConfigRenderOptions.concise());
  }
}
