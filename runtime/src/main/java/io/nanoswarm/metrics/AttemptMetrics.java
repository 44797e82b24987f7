package io.nanoswarm.metrics;

import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.AttemptStep;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Counts what happens to the attempts of the sessions that live on this node, since it started. Of
 * the metrics' library it needs nothing before somebody asks: a node starts without it.
 *
 * <p>Bounds: {@link #MOST_ROLES} roles by their names; further ones are counted together, as {@code
 * other}.
 */
final class AttemptMetrics {
  static final int MOST_ROLES = 100;
  private static final String OTHER = "other";

  private record Ending(String role, String how) implements Comparable<Ending> {
    @Override
    public int compareTo(Ending other) {
      int byRole = role.compareTo(other.role);
      return byRole == 0 ? how.compareTo(other.how) : byRole;
    }

    /**
     * @param name of the label for how it ended
     */
    Labels labels(String name) {
      return Labels.of("role", role, name, how);
    }
  }

  private final Set<String> roles = new HashSet<>();
  private final Map<String, Long> begun = new TreeMap<>();
  private final Map<Ending, Long> ended = new TreeMap<>();
  private final Map<Ending, Durations> seconds = new TreeMap<>();

  /** Listens to the event stream of its node until it is stopped. */
  Behavior<AttemptStep> listening() {
    return Behaviors.setup(context -> {
      context
          .getSystem()
          .eventStream()
          .tell(new EventStream.Subscribe<>(AttemptStep.class, context.getSelf()));
      return Behaviors.receiveMessage(step -> {
        count(step);
        return Behaviors.same();
      });
    });
  }

  synchronized void count(AttemptStep step) {
    String role = label(step.role());
    if (step.what() == AttemptStep.What.BEGUN) {
      begun.merge(role, 1L, Long::sum);
      return;
    }
    var ending = new Ending(role, step.what().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    ended.merge(ending, 1L, Long::sum);
    Duration took = step.took();
    if (took != null) {
      seconds.computeIfAbsent(ending, _ -> new Durations()).add(took);
    }
  }

  private String label(AgentRole role) {
    if (roles.contains(role.value()) || roles.size() < MOST_ROLES) {
      roles.add(role.value());
      return role.value();
    }
    return OTHER;
  }

  synchronized List<MetricSnapshot> now() {
    var begunNow =
        CounterSnapshot.builder()
            .name("nanoswarm_attempts_begun")
            .help("Attempts at tasks that were granted to agents.");
    begun.forEach((role, count) ->
        begunNow.dataPoint(
            CounterDataPointSnapshot.builder()
                .labels(Labels.of("role", role))
                .value(count.doubleValue())
                .build()));
    var endedNow =
        CounterSnapshot.builder()
            .name("nanoswarm_attempts_ended")
            .help("Attempts that are over, by how they ended.");
    ended.forEach((ending, count) ->
        endedNow.dataPoint(
            CounterDataPointSnapshot.builder()
                .labels(ending.labels("how"))
                .value(count.doubleValue())
                .build()));
    var secondsNow =
        HistogramSnapshot.builder()
            .name("nanoswarm_task_seconds")
            .help("How long the attempts took that settled their tasks.");
    seconds.forEach(
        (ending, durations) -> secondsNow.dataPoint(durations.now(ending.labels("outcome"))));
    return List.of(begunNow.build(), endedNow.build(), secondsNow.build());
  }
}
