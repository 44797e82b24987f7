package io.nanoswarm.samples.bench;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.api.SessionView.TaskView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.LocalNode;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.node.LocalNodes;
import io.nanoswarm.node.SwarmSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real swarm of {@link LoadAgent}s: a control node in this JVM on a folder of its own, agents in
 * JVMs of theirs or in one together. Agents are only ever added, so ask for few before many.
 */
final class LoadSwarm implements AutoCloseable {
  private static final long TIME_LIMIT_SECONDS = 1800;
  private static final int HEAP_MEGABYTES = 64;
  private static final Set<String> UP = Set.of("idle", "working");

  private final Path folder;
  private final String isolation;
  private final LocalNode node;
  private final EndpointClient client;
  private boolean stopped;

  /**
   * @param isolation {@code process} or {@code shared}
   */
  LoadSwarm(String isolation) throws IOException {
    this.isolation = isolation;
    folder = Files.createTempDirectory("nanoswarm-bench");
    var workspace = Files.createDirectory(folder.resolve("workspace"));
    var _ = Files.writeString(workspace.resolve("about.txt"), "Nothing is looked for here.\n");
    node =
        new LocalNodes(setup(), EndpointServer::start, "bench", InstantSource.system())
            .start(folder.resolve("data"), NodeOptions.DEFAULT);
    client = new EndpointClient(node.endpoint());
  }

  private static SwarmSetup setup() {
    var spec =
        AgentSpec.of(LoadPlanner.ROLE, LoadAgent.class, "does a given amount of work")
            .withHeapMegabytes(HEAP_MEGABYTES);
    var counts = new LinkedHashMap<>(Map.of(LoadPlanner.ROLE, 1));
    return new SwarmSetup(
        List.of(spec), counts, (_, _) -> new LoadPlanner(), SwarmSetup::processes);
  }

  /** Has that many agents come up, and returns how long the last one took. */
  Duration bringUp(int agents) throws InterruptedException {
    long begun = System.nanoTime();
    String id = open(agents, 1, new Load.None());
    while (agents().stream().filter(agent -> UP.contains(agent.state())).count() < agents) {
      Thread.sleep(20);
    }
    var took = Duration.ofNanos(System.nanoTime() - begun);
    var _ = client.follow(id, _ -> {});
    return took;
  }

  /** Has agents that are up do tasks in a new session. */
  SessionView run(int agents, int tasks, Load load) {
    var session = client.follow(open(agents, tasks, load), _ -> {});
    if (!session.status().equals("completed")) {
      throw new IllegalStateException(
          "session %s: %s (expected: completed)".formatted(session.id(), session.status()));
    }
    return session;
  }

  private String open(int agents, int tasks, Load load) {
    var counts = Map.of(LoadPlanner.ROLE.value(), agents);
    var workspace = folder.resolve("workspace").toString();
    return client.open(
        SessionRequest.of(
            LoadPlanner.goal(tasks, load), workspace, counts, TIME_LIMIT_SECONDS, isolation));
  }

  List<AgentView> agents() {
    return client.agents().agents();
  }

  /** The node's database, for after {@link #stop}. */
  Path journal() {
    return folder.resolve("data").resolve("journal");
  }

  /** From the beginning of the first task to the settlement of the last, without the answer. */
  static Duration makespan(SessionView session) {
    return Duration.between(
        times(session, TaskView::beganAt).min(Comparator.naturalOrder()).orElseThrow(),
        times(session, TaskView::endedAt).max(Comparator.naturalOrder()).orElseThrow());
  }

  private static Stream<Instant> times(
      SessionView session, Function<TaskView, @Nullable Instant> time) {
    return session.tasks().stream()
        .filter(task -> !task.id().equals(LoadPlanner.ANSWER))
        .map(task -> Objects.requireNonNull(time.apply(task)));
  }

  /** Ends the node and its agents; the folder stays until {@link #close}. */
  void stop() {
    if (!stopped) {
      stopped = true;
      node.close();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
