package io.nanoswarm.load;

import com.typesafe.config.Config;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.NodesView;
import io.nanoswarm.api.Opened;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.client.Isolation;
import io.nanoswarm.client.LocalNode;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.cluster.Layer;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.node.LocalNodes;
import io.nanoswarm.node.Swarm;
import io.nanoswarm.node.SwarmSetup;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionUpdate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * A real control node in this JVM on a folder of its own, whose swarm is made of {@link
 * LoadAgent}s. Agents are only ever added.
 *
 * <p>Lifecycle: {@link #start} to {@link #close}, after which no process of it is left.
 */
final class LoadNode implements AutoCloseable {
  private static final long SESSION_SECONDS = Duration.ofDays(1).toSeconds();
  private static final int HEAP_MEGABYTES = 64;

  /** What the node's endpoint is opened on: the only way to its inside from here. */
  private record Inside(ActorSystem<?> system, Swarm swarm) {}

  private final Inside inside;
  private final LocalNode node;
  private final ScratchFolder folder;
  private final Isolation isolation;

  static LoadNode start(
      ScratchFolder folder, Isolation isolation, String version, InstantSource clock) {
    var inside = new AtomicReference<Inside>();
    var nodes =
        new LocalNodes(
                setup(),
                (system, swarm, token, told) -> {
                  inside.set(new Inside(system, swarm));
                  return EndpointServer.start(system, swarm, token, told);
                },
                version,
                clock)
            .usually(Layer.LOAD);
    LocalNode node = nodes.start(folder.data(), new NodeOptions(isolation));
    return new LoadNode(Objects.requireNonNull(inside.get()), node, folder, isolation);
  }

  private LoadNode(Inside inside, LocalNode node, ScratchFolder folder, Isolation isolation) {
    this.inside = inside;
    this.node = node;
    this.folder = folder;
    this.isolation = isolation;
  }

  private static SwarmSetup setup() {
    var spec =
        AgentSpec.of(LoadPlanner.ROLE, LoadAgent.class, "does a given amount of work")
            .withHeapMegabytes(HEAP_MEGABYTES);
    var counts = new LinkedHashMap<>(Map.of(LoadPlanner.ROLE, 1));
    return new SwarmSetup(
        List.of(spec), counts, (_, _) -> new LoadPlanner(), SwarmSetup::processes);
  }

  /** Opens a session; the stage completes when it is stored and driven. */
  CompletionStage<SessionId> open(LoadPlanner.Batch batch, int agents) {
    var request =
        SessionRequest.of(
            batch.goal().text(),
            folder.workspace().toString(),
            Map.of(LoadPlanner.ROLE.value(), agents),
            SESSION_SECONDS,
            isolation.word());
    return inside.swarm().sessions().open(request).thenApply(LoadNode::id);
  }

  private static SessionId id(Opened opened) {
    return new SessionId(opened.id());
  }

  void tell(SessionId session, Session.Command command) {
    ClusterSharding.get(inside.system())
        .entityRefFor(Session.TYPE_KEY, session.value())
        .tell(command);
  }

  void watch(SessionId session, ActorRef<SessionUpdate> watcher) {
    tell(session, new Session.Watch(watcher));
  }

  /** Tells nobody. */
  <T> ActorRef<T> nobody() {
    return inside.system().ignoreRef();
  }

  CompletionStage<?> cancel(SessionId session) {
    return inside.swarm().sessions().cancel(session, "the load test is over");
  }

  CompletionStage<AgentsView> agents() {
    return inside.swarm().agents();
  }

  <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
    return inside.system().systemActorOf(behavior, name, Props.empty());
  }

  /** In the cluster, as {@code host:port}. */
  String address() {
    return node.address();
  }

  NodesView nodes() {
    return inside.swarm().cluster().nodes().toCompletableFuture().join();
  }

  /** Its own machine takes no agents any more. */
  void drainItself() {
    var _ = inside.swarm().cluster().drain(address()).toCompletableFuture().join();
  }

  /** Where actors of other JVMs find this one. */
  String address(ActorRef<?> actor) {
    return ActorRefResolver.get(inside.system()).toSerializationFormat(actor);
  }

  Config config() {
    return inside.system().settings().config();
  }

  @Override
  public void close() {
    node.close();
  }
}
