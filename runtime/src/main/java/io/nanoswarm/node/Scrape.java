package io.nanoswarm.node;

import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.metrics.Reading;
import io.nanoswarm.metrics.SwarmMetrics;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Asks the swarm for what its metrics tell.
 *
 * <p>Guarantees: an answer comes within some seconds, without what could not be asked in that time.
 * Nothing is asked while nobody scrapes.
 */
final class Scrape {
  /** Prometheus waits for 10 s. */
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final SwarmMetrics metrics;
  private final Readiness readiness;
  private final JournalHealth journal;
  private final Sessions sessions;
  private final AgentViews agents;
  private final InstantSource clock;

  Scrape(
      ActorSystem<?> system,
      SwarmMetrics metrics,
      Readiness readiness,
      JournalHealth journal,
      Sessions sessions,
      AgentViews agents,
      InstantSource clock) {
    this.system = system;
    this.metrics = metrics;
    this.readiness = readiness;
    this.journal = journal;
    this.sessions = sessions;
    this.agents = agents;
    this.clock = clock;
  }

  /** In Prometheus' text format. */
  CompletionStage<String> now() {
    Instant at = clock.instant();
    var looked = readiness.now();
    var lines = inTime(sessions.lines());
    var driven = inTime(sessions.driven().thenCompose(this::snapshots));
    var view = inTime(agents.now());
    return looked.thenCompose(ready ->
        lines.thenCompose(listed ->
            driven.thenCombine(
                view,
                (whole, tree) ->
                    metrics.text(
                        new Reading(
                            at,
                            ready.reasons().isEmpty(),
                            new Reading.JournalReading(
                                ready.query(),
                                journal.failures(JournalTrouble.Act.WRITE),
                                journal.failures(JournalTrouble.Act.READ)),
                            members(),
                            listed.orElse(null),
                            whole.orElse(null),
                            tree.orElse(null))))));
  }

  private static <T> CompletionStage<Optional<T>> inTime(CompletionStage<T> asked) {
    return asked
        .toCompletableFuture()
        .copy()
        .orTimeout(WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .handle((told, _) -> Optional.ofNullable(told));
  }

  private CompletionStage<List<SessionSnapshot>> snapshots(Set<SessionId> driven) {
    CompletionStage<List<SessionSnapshot>> all = CompletableFuture.completedStage(List.of());
    for (SessionId session : driven) {
      all =
          all.thenCombine(
              sessions.stored(session),
              (before, snapshot) -> {
                var longer = new ArrayList<>(before);
                longer.add(snapshot);
                return longer;
              });
    }
    return all;
  }

  private List<Reading.MemberReading> members() {
    var state = Cluster.get(system).state();
    var members = new ArrayList<Reading.MemberReading>();
    for (Member member : state.getMembers()) {
      members.add(
          new Reading.MemberReading(
              Arrays.stream(NodeRole.values()).map(NodeRole::id).filter(member::hasRole).toList(),
              member.status().toString().toLowerCase(Locale.ROOT),
              !state.getUnreachable().contains(member)));
    }
    return members;
  }
}
