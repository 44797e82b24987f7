package io.nanoswarm.node;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.NodesView;
import io.nanoswarm.api.OverviewView;
import io.nanoswarm.api.OverviewView.SessionRow;
import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole swarm at a glance.
 *
 * <p>Guarantees: an answer comes within some seconds, without what could not be asked in that time,
 * which is named. However many ask, the swarm is asked once a second at most: all of them get the
 * same answer. Sessions that nobody drives are not woken.
 */
final class Overviews {
  /** Whoever looks at it looks again soon. */
  private static final Duration WITHIN = Duration.ofSeconds(3);

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int MOST_ENDED = 50;

  /**
   * Who is asked.
   *
   * @param cluster the nodes
   */
  record Sources(Sessions sessions, SessionViews views, AgentViews agents, ClusterView cluster) {}

  private record Asked(Instant at, CompletionStage<OverviewView> answer) {}

  private final Sources sources;
  private final InstantSource clock;
  private @Nullable Asked latest;

  Overviews(Sources sources, InstantSource clock) {
    this.sources = sources;
    this.clock = clock;
  }

  synchronized CompletionStage<OverviewView> now() {
    Instant at = clock.instant();
    Asked before = latest;
    if (before != null && at.isBefore(before.at().plus(FRESH))) {
      return before.answer();
    }
    var asked = new Asked(at, ask(at));
    latest = asked;
    return asked.answer();
  }

  /** What was told; empty is what did not answer in time. */
  private record Told(
      Optional<List<SessionSummary>> lines,
      Map<String, Optional<SessionSnapshot>> sessions,
      Optional<AgentsView> agents,
      Optional<NodesView> nodes) {}

  private CompletionStage<OverviewView> ask(Instant at) {
    var nodes = inTime(sources.cluster().nodes());
    return inTime(sources.sessions().summaries())
        .thenCompose(lines ->
            snapshots(lines.orElse(List.of()))
                .thenCompose(sessions ->
                    inTime(agents(sessions.values()))
                        .thenCombine(
                            nodes, (agents, all) -> new Told(lines, sessions, agents, all))))
        .thenApply(told -> overview(at, told));
  }

  private CompletionStage<AgentsView> agents(Collection<Optional<SessionSnapshot>> sessions) {
    return sources.agents().of(sessions.stream().flatMap(Optional::stream).toList());
  }

  private CompletionStage<Map<String, Optional<SessionSnapshot>>> snapshots(
      List<SessionSummary> lines) {
    CompletionStage<Map<String, Optional<SessionSnapshot>>> all =
        CompletableFuture.completedStage(new LinkedHashMap<>());
    for (SessionSummary line : lines) {
      if (line.status().equals(Sessions.RUNNING)) {
        all =
            all.thenCombine(
                inTime(sources.sessions().stored(new SessionId(line.id()))),
                (byId, snapshot) -> {
                  byId.put(line.id(), snapshot);
                  return byId;
                });
      }
    }
    return all;
  }

  private static <T> CompletionStage<Optional<T>> inTime(CompletionStage<T> asked) {
    return asked
        .toCompletableFuture()
        .copy()
        .orTimeout(WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .handle((told, _) -> Optional.ofNullable(told));
  }

  private OverviewView overview(Instant at, Told told) {
    var views = new LinkedHashMap<String, SessionView>();
    var silent = new ArrayList<String>();
    if (told.lines().isEmpty()) {
      silent.add("sessions");
    }
    told.sessions()
        .forEach((id, snapshot) ->
            snapshot.ifPresentOrElse(
                known -> {
                  // One that is just being opened is listed before it is stored.
                  if (known.active().isPresent()) {
                    views.put(id, sources.views().of(known));
                  }
                },
                () -> silent.add("session " + id)));
    if (told.agents().isEmpty()) {
      silent.add("agents");
    }
    if (told.nodes().isEmpty()) {
      silent.add("nodes");
    }
    var lines = told.lines().orElse(List.of());
    var agents = told.agents().map(AgentsView::agents).orElse(List.of());
    return new OverviewView(
        at,
        told.nodes().map(NodesView::nodes).orElse(List.of()),
        agents,
        OverviewParts.queues(views.values(), agents),
        rows(lines, views),
        (int) lines.stream().filter(line -> line.endedAt() != null).count(),
        silent);
  }

  private static List<SessionRow> rows(
      Collection<SessionSummary> lines, Map<String, SessionView> views) {
    return Stream.concat(
            lines.stream().filter(line -> line.endedAt() == null),
            lines.stream().filter(line -> line.endedAt() != null).limit(MOST_ENDED))
        .map(line -> OverviewParts.row(line, views.get(line.id())))
        .toList();
  }
}
