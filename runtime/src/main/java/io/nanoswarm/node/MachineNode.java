package io.nanoswarm.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.CodeFolders;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.client.StayingNode;
import io.nanoswarm.cluster.ClusterSettings;
import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.launch.ArtifactSettings;
import io.nanoswarm.launch.DataFolder;
import io.nanoswarm.launch.LocalProbe;
import io.nanoswarm.launch.WorkerRecords;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in this JVM that owns worker JVMs, and nothing that lasts: no journal, no endpoint.
 *
 * <p>Guarantees: closing gives its agents time to finish what they work on, ends them, and leaves
 * no process; control nodes start them elsewhere.
 *
 * <p>Lifecycle: {@link #start} to {@link #close}.
 */
final class MachineNode implements StayingNode {
  private static final Logger LOG = LoggerFactory.getLogger(MachineNode.class);
  private static final Duration JOIN_WITHIN = Duration.ofSeconds(60);

  private final DataFolder data;
  private final ClusterSettings membership;
  private final LastMembership last;
  private final CompletableFuture<Boolean> letGo;
  private final ExecutorService blocking;
  private final ActorSystem<MachineGuardian.Command> system;
  private volatile boolean closing;

  /**
   * Starts a node on an open folder, which it closes when it is closed or cannot be started.
   *
   * @param layers the whole configuration, but for what follows from it
   * @param waiting hears in a few words what the start waits for, if that takes long
   * @throws NotJoined if the cluster that it was to join cannot be found
   * @throws IllegalArgumentException if a setting makes no sense; names its key and value
   */
  static MachineNode start(
      DataFolder data,
      Config layers,
      SwarmSetup setup,
      InstantSource clock,
      Consumer<String> waiting)
      throws IOException, NotJoined, InterruptedException {
    ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var swept = new WorkerRecords(data.workers()).sweep();
      if (!swept.isEmpty()) {
        LOG.warn("ended workers that a crashed node left: [{}]", swept);
      }
      new KeptCode(CodeFolders.below(data.cache())).clear();
      var membership = ClusterSettings.of(layers);
      if (!membership.isClustered()) {
        throw new IllegalArgumentException(
            "swarm.cluster.join: '' (expected: the control nodes of a cluster, as host:port)");
      }
      new LastMembership(data.root()).awaitForgotten(membership, waiting);
      return new MachineNode(
          data,
          setup,
          clock,
          blocking,
          membership,
          ConfigFactory.parseMap(Map.of(ArtifactSettings.COPIES, true))
              .withFallback(ConfigFactory.defaultOverrides())
              .withFallback(membership.pekko(NodeRole.MACHINE))
              .withFallback(layers));
    } catch (IOException | NotJoined | InterruptedException | RuntimeException e) {
      blocking.shutdownNow();
      data.close();
      throw e;
    }
  }

  private MachineNode(
      DataFolder data,
      SwarmSetup setup,
      InstantSource clock,
      ExecutorService blocking,
      ClusterSettings membership,
      Config config)
      throws NotJoined, InterruptedException {
    this.data = data;
    this.membership = membership;
    this.last = new LastMembership(data.root());
    this.blocking = blocking;
    var means =
        new MachineGuardian.Means(
            setup.launcher().create(data, config),
            LocalProbe.ofThisJvm(config),
            new FileArtifactStore(data.artifacts()),
            blocking,
            clock,
            new SecureRandom());
    system = ActorSystem.create(MachineGuardian.create(means), ControlNode.SYSTEM_NAME, config);
    try {
      last.begun(membership);
      letGo = Joining.letGo(system);
      Joining.join(system, membership, JOIN_WITHIN);
      LOG.info("machine [{}] is a member of the cluster", address());
    } catch (NotJoined | InterruptedException | RuntimeException e) {
      system.terminate();
      Joining.quietly("actor system", system.getWhenTerminated(), Joining.STOP_WITHIN);
      throw e;
    }
  }

  @Override
  public String address() {
    return MachineNodes.name(Cluster.get(system).selfMember().address());
  }

  @Override
  public boolean isOpenToStrangers() {
    return membership.isOpenToStrangers();
  }

  @Override
  public CompletionStage<String> lost() {
    return Joining.lost(system, () -> closing);
  }

  @Override
  public void close() {
    closing = true;
    Joining.quietly(
        "agents",
        MachineGuardian.leave(system, membership.leaveWithin()),
        membership.leaveWithin().plusSeconds(5));
    Joining.quietly(
        "leaving the cluster", Joining.leave(system, last, letGo), Joining.LEAVE_WITHIN);
    Joining.quietly("actor system", system.getWhenTerminated(), Joining.STOP_WITHIN);
    blocking.shutdownNow();
    try {
      data.close();
    } catch (IOException e) {
      LOG.warn("the data folder was not closed in order: [{}]", e.toString());
    }
  }
}
