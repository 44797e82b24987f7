package io.nanoswarm.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.CodeFolders;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.artifact.ArtifactCopies;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.cluster.ClusterSettings;
import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.feed.SessionFeed;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.launch.ArtifactSettings;
import io.nanoswarm.launch.DataFolder;
import io.nanoswarm.launch.DataFolderProblem;
import io.nanoswarm.launch.LocalProbe;
import io.nanoswarm.launch.LogFormat;
import io.nanoswarm.launch.PublishedEndpoint;
import io.nanoswarm.launch.WorkerRecords;
import io.nanoswarm.metrics.SwarmMetrics;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.mirror.MirrorSettings;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.skills.SkillNeeds;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.store.DatabaseSettings;
import io.nanoswarm.store.JournalDatabase;
import io.nanoswarm.store.JournalQuery;
import io.nanoswarm.store.SessionRows;
import io.nanoswarm.store.SharedArtifacts;
import io.nanoswarm.store.StoreProblem;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.tracing.Tracing;
import io.nanoswarm.tracing.TracingSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.typed.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control node in this JVM: everything durable of one data folder, its endpoint, and the machine
 * that owns its workers.
 *
 * <p>Guarantees: the endpoint is published when it answers. Closing ends its workers, frees the
 * folder and leaves no process; unfinished sessions stay as they are stored.
 *
 * <p>Lifecycle: {@link #start} to {@link #close}; a JVM may start several, on different folders.
 */
public final class ControlNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlNode.class);
  static final String SYSTEM_NAME = "nanoswarm";
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final Duration READY_WITHIN = Duration.ofSeconds(3);

  /**
   * How a node is started.
   *
   * @param isolation of agents whose session asks for none of its own
   * @param stays whether every session that is not over is driven, unasked
   * @param layers the whole configuration, but for what follows from it
   * @param version told by the endpoint
   * @param setup who plans, which agents there are, and how their JVMs are started
   * @param opener opens the endpoint
   * @param waiting hears in a few words what the start waits for, if that takes long
   */
  public record Options(
      Isolation isolation,
      boolean stays,
      Config layers,
      String version,
      SwarmSetup setup,
      EndpointOpener opener,
      Consumer<String> waiting) {}

  private final DataFolder data;
  private final Journal journal;
  private final ClusterSettings membership;
  private final LastMembership last;
  private final CompletableFuture<Boolean> letGo;
  private volatile boolean closing;
  private final ActorSystem<ControlGuardian.Command> system;
  private final ExecutorService blocking;
  private final Tracing tracing;
  private final AgentPool pool;
  private final EndpointOpener.OpenEndpoint server;
  private final PublishedEndpoint endpoint;

  /**
   * Starts a node on an open folder, which it closes when it is closed or cannot be started.
   *
   * @param clock for all times that are stored
   * @throws StoreProblem if the journal cannot be used
   * @throws NotJoined if the cluster that it was to join cannot be found
   * @throws IllegalArgumentException if a setting makes no sense; names its key and value
   */
  public static ControlNode start(DataFolder data, Options options, InstantSource clock)
      throws StoreProblem, IOException, DataFolderProblem, NotJoined, InterruptedException {
    ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    RandomGenerator random = new SecureRandom();
    JournalDatabase.Hold hold = JournalDatabase.Hold.ALONE;
    try {
      var swept = new WorkerRecords(data.workers()).sweep();
      if (!swept.isEmpty()) {
        LOG.warn("ended workers that a crashed node left: [{}]", swept);
      }
      new KeptCode(CodeFolders.below(data.cache())).clear();
      Config layers = options.layers();
      var membership = ClusterSettings.of(layers);
      Config own =
          ConfigFactory.defaultOverrides()
              .withFallback(membership.pekko(NodeRole.CONTROL, NodeRole.MACHINE))
              .withFallback(layers);
      JournalDatabase database =
          DatabaseSettings.of(own, System.getenv()).database(data.journal(), data.artifacts());
      if (membership.isClustered() && !database.isShared()) {
        throw new StoreProblem(
            "several control nodes cannot share %s".formatted(database.name()),
            "have them keep their journal in PostgreSQL: see NANOSWARM_JOURNAL in"
                + " docs/operations.md");
      }
      database.prepare();
      new LastMembership(data.root()).awaitForgotten(membership, options.waiting());
      hold = database.hold(membership.isClustered());
      return new ControlNode(
          data,
          options,
          clock,
          blocking,
          new Journal(database, hold),
          EndpointToken.of(TokenSettings.of(own), random),
          random,
          membership,
          ConfigFactory.parseMap(Map.of(ArtifactSettings.COPIES, database.isShared()))
              .withFallback(database.plugins())
              .withFallback(own));
    } catch (StoreProblem
        | IOException
        | DataFolderProblem
        | NotJoined
        | InterruptedException
        | RuntimeException e) {
      blocking.shutdownNow();
      hold.close();
      data.close();
      throw e;
    }
  }

  /** A database that this node may use, and what lets it. */
  private record Journal(JournalDatabase database, JournalDatabase.Hold hold) {}

  private ControlNode(
      DataFolder data,
      Options options,
      InstantSource clock,
      ExecutorService blocking,
      Journal journal,
      String token,
      RandomGenerator random,
      ClusterSettings membership,
      Config config)
      throws DataFolderProblem, NotJoined, InterruptedException {
    this.data = data;
    this.journal = journal;
    this.membership = membership;
    this.last = new LastMembership(data.root());
    var database = journal.database();
    this.blocking = blocking;
    var artifacts = artifacts(database, data, config, clock);
    var probe = LocalProbe.ofThisJvm(config);
    var needs = new SkillNeeds(SkillsSettings.of(config));
    var setup = options.setup().with(needs);
    var planner = setup.planner().create(artifacts, blocking);
    var inUse = new SwarmsInUse();
    var code =
        new KeptCode(CodeFolders.below(data.cache()), membership.isClustered() ? artifacts : null);
    var launcher = setup.launcher().create(data, config);
    var mirrorSettings = MirrorSettings.from(config.getConfig("swarm.mirror"));
    var journalHealth = new JournalHealth(database.repair(), clock);
    tracing = Tracing.start(TracingSettings.of(System.getenv()), "control-" + hex(random, 4));
    var means =
        new ControlGuardian.Means(
            inUse,
            membership.isClustered(),
            artifacts,
            blocking,
            launcher,
            probe,
            session ->
                gate ->
                    Mirror.create(data.blackboard(), session, gate.blackboards(), mirrorSettings),
            journalHealth,
            tracing.spans(),
            new SessionRows(database)::events,
            clock,
            random);
    system = ActorSystem.create(ControlGuardian.create(means), SYSTEM_NAME, config);
    LogFormat.nameNode(MachineNodes.name(Cluster.get(system).selfMember().address()));
    letGo = Joining.letGo(system);
    try {
      last.begun(membership);
      Joining.join(system, membership, journal.hold(), START_WITHIN);
      var asking = new Asking(system, ASK_TIMEOUT, journalHealth);
      ControlParts parts =
          await(
              asking.<ControlGuardian.Command, ControlParts>ask(
                  system, ControlGuardian.GetParts::new));
      pool = new AgentPool(asking, parts.supervisor());
      var driven = new Driven(options.stays());
      var node =
          new AgentsView.NodeView(
              ProcessHandle.current().pid(),
              system.address().toString(),
              clock.instant(),
              data.root().toString());
      var views = new SessionViews(node, data.blackboard(), driven::contains);
      var intake =
          new WorkspaceIntake(
              new WorkspaceScan(Set.of(data.root())),
              artifacts,
              WorkspaceSettings.of(config).copy(),
              blocking);
      var sessions =
          new Sessions(
              new Sessions.Means(
                  asking,
                  parts,
                  pool,
                  new Sessions.Intakes(
                      intake,
                      new SwarmIntake(setup, needs, planner, artifacts, code, blocking),
                      inUse),
                  new Admission(AdmissionSettings.of(config), data.root()),
                  options.isolation(),
                  tracing.spans(),
                  random,
                  clock),
              views,
              driven);
      var keeping =
          new Keeping(
              sessions,
              asking,
              parts,
              new Keeping.Places(
                  new SessionRows(database),
                  data.root(),
                  data.blackboard(),
                  data.artifacts(),
                  blocking),
              clock);
      keeping.deleteOld(RetentionSettings.of(config), system);
      inUse.lookUpBy(sessions::plannerOf);
      var agents = new AgentViews(node, pool, sessions::driven, sessions::stored, blocking);
      var readiness =
          new Readiness(
              new Readiness.Means(
                  system,
                  () -> JournalQuery.run(database, READY_WITHIN),
                  journalHealth,
                  blocking,
                  () -> closing,
                  READY_WITHIN,
                  clock));
      var metrics = new SwarmMetrics(options.version());
      system.systemActorOf(metrics.counting(), "metrics", Props.empty());
      var scrape = new Scrape(system, metrics, readiness, journalHealth, sessions, agents, clock);
      var feedLinks =
          new SessionFeed.Links(
              parts.gate(), parts.bus(), agents::now, views, hex(random, 4), clock);
      var cluster = new ClusterView(system, pool);
      var overviews = new Overviews(new Overviews.Sources(sessions, views, agents, cluster), clock);
      var swarm =
          new Swarm(
              sessions,
              keeping,
              new Boards(asking, parts.gate().blackboards()),
              agents,
              new Swarm.Looking(readiness, scrape, overviews),
              cluster,
              parts.feeds(),
              feedLinks);
      server = await(options.opener().open(system, swarm, token, options.version()));
      endpoint = new PublishedEndpoint(server.uri(), token, ProcessHandle.current().pid());
      data.publish(endpoint);
      LOG.info("node [{}] serves [{}] at [{}]", system.address(), data.root(), server.uri());
      if (options.stays()) {
        system.tell(new ControlGuardian.ContinueAll(sessions, clock));
      }
    } catch (DataFolderProblem | NotJoined | InterruptedException | RuntimeException e) {
      closing = true;
      end(() -> CompletableFuture.completedStage(Done.done()));
      tracing.close();
      throw e;
    }
  }

  private static ArtifactStore artifacts(
      JournalDatabase database, DataFolder data, Config config, InstantSource clock) {
    if (!database.isShared()) {
      return new FileArtifactStore(data.artifacts());
    }
    long most = ArtifactSettings.of(config).maxCopies();
    return new SharedArtifacts(database, new ArtifactCopies(data.artifacts(), most, clock));
  }

  private static String hex(RandomGenerator random, int bytes) {
    var content = new byte[bytes];
    random.nextBytes(content);
    return HexFormat.of().formatHex(content);
  }

  private static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(START_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CompletionException("the node did not come up", e);
    }
  }

  public PublishedEndpoint endpoint() {
    return endpoint;
  }

  /** In the cluster, as {@code host:port}. */
  public String address() {
    return MachineNodes.name(Cluster.get(system).selfMember().address());
  }

  public boolean isOpenToStrangers() {
    return membership.isOpenToStrangers();
  }

  /** Completes with the reason if the swarm goes on without this node. */
  public CompletionStage<String> lost() {
    return Joining.lost(system, () -> closing)
        .applyToEither(journal.hold().lost(), Function.identity());
  }

  /**
   * Ends endpoint, workers and actor system, in this order: who comes now must find the next node,
   * not this one. Idempotent.
   */
  @Override
  public void close() {
    closing = true;
    data.unpublish();
    Joining.quietly("endpoint", server.stop(), Joining.STOP_WITHIN);
    end(pool::stopAll);
    tracing.close();
    blocking.shutdownNow();
    try {
      if (system.getWhenTerminated().toCompletableFuture().isDone() && nothingReads()) {
        journal.database().closed();
      }
      journal.hold().close();
      data.close();
    } catch (IOException e) {
      LOG.warn("the data folder was not closed in order: [{}]", e.toString());
    }
  }

  /**
   * Ends what runs here; when this returns, no actor of this node does, unless one is stuck.
   *
   * @param stopAll has the agents of the whole cluster ended
   */
  private void end(Supplier<CompletionStage<?>> stopAll) {
    Joining.end(
        system,
        last,
        letGo,
        new Joining.Agents() {
          @Override
          public void finish() {
            Joining.quietly(
                "agents",
                ControlGuardian.leave(system, membership.leaveWithin()),
                membership.leaveWithin().plusSeconds(5));
          }

          @Override
          public void stopAll() {
            Joining.quietly("workers", stopAll.get(), Joining.STOP_WITHIN);
          }
        });
  }

  /** Whether all that may have the database open has ended. */
  private boolean nothingReads() {
    boolean interrupted = Thread.interrupted();
    try {
      return blocking.awaitTermination(Joining.STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
