package io.nanoswarm.metrics;

import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.AttemptStep;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Counts what happens to the attempts of the sessions that live on this node, since it started.
 *
 * <p>Bounds: {@link #MOST_ROLES} roles by their names; further ones are counted together, as {@code
 * other}, which no role of a swarm is likely to be called.
 */
final class AttemptMetrics {
  static final int MOST_ROLES = 100;
  private static final String OTHER = "other";

  /** Agents answer within milliseconds or work for an hour. */
  private static final double[] SECONDS = {
    0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1800, 3600
  };

  private final Set<String> roles = ConcurrentHashMap.newKeySet();
  private final Counter begun;
  private final Counter ended;
  private final Histogram seconds;

  AttemptMetrics(PrometheusRegistry registry) {
    begun =
        Counter.builder()
            .name("nanoswarm_attempts_begun_total")
            .help("Attempts at tasks that were granted to agents.")
            .labelNames("role")
            .withoutExemplars()
            .register(registry);
    ended =
        Counter.builder()
            .name("nanoswarm_attempts_ended_total")
            .help("Attempts that are over, by how they ended.")
            .labelNames("role", "how")
            .withoutExemplars()
            .register(registry);
    seconds =
        Histogram.builder()
            .name("nanoswarm_task_seconds")
            .help("How long the attempts took that settled their tasks.")
            .labelNames("role", "outcome")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .withoutExemplars()
            .register(registry);
  }

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

  void count(AttemptStep step) {
    String role = label(step.role());
    if (step.what() == AttemptStep.What.BEGUN) {
      begun.labelValues(role).inc();
      return;
    }
    String how = step.what().name().toLowerCase(Locale.ROOT).replace('_', '-');
    ended.labelValues(role, how).inc();
    Duration took = step.took();
    if (took != null) {
      seconds.labelValues(role, how).observe(Seconds.of(took));
    }
  }

  private String label(AgentRole role) {
    if (roles.contains(role.value()) || roles.size() < MOST_ROLES) {
      roles.add(role.value());
      return role.value();
    }
    return OTHER;
  }
}
