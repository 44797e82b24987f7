package io.nanoswarm.node;

import io.nanoswarm.planner.Planner;
import io.nanoswarm.planner.PlannerUnavailable;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.Workspace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which swarm each session of this node works with. A role is one queue for all sessions, so it
 * means the same agents to all of them at a time; and every session is planned by its own swarm's
 * planner. Safe for many threads.
 */
final class SwarmsInUse implements Planner {
  private final Map<SessionId, SessionSwarm> swarms = new LinkedHashMap<>();
  private final CompletableFuture<Function<SessionId, CompletionStage<Planner>>> lookUp =
      new CompletableFuture<>();

  /** Takes a swarm into use, unless another session's disagrees with it: then that is returned. */
  synchronized Optional<SessionId> use(SessionId session, SessionSwarm swarm) {
    Optional<SessionId> other =
        swarms.entrySet().stream()
            .filter(each -> !each.getKey().equals(session))
            .filter(each -> !swarm.agreesWith(each.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
    if (other.isEmpty()) {
      swarms.put(session, swarm);
    }
    return other;
  }

  /**
   * Takes a swarm into use for all sessions that use it in an earlier state, unless another
   * disagrees: then that one is returned.
   */
  synchronized Optional<SessionId> renew(SessionSwarm swarm) {
    Optional<SessionId> other =
        swarms.entrySet().stream()
            .filter(each -> !swarm.isAnotherStateOf(each.getValue()))
            .filter(each -> !swarm.agreesWith(each.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
    if (other.isEmpty()) {
      swarms.replaceAll((_, old) -> swarm.isAnotherStateOf(old) ? renewed(old, swarm) : old);
    }
    return other;
  }

  /** What a session was planned with, it goes on with. */
  private static SessionSwarm renewed(SessionSwarm old, SessionSwarm swarm) {
    return new SessionSwarm(
        old.name(),
        swarm.roster(),
        swarm.atOnce(),
        swarm.sources(),
        old.planner(),
        old.definition());
  }

  synchronized void drop(SessionId session) {
    swarms.remove(session);
  }

  /**
   * Other nodes open sessions too, and any node may be the one that plans them: also one that is
   * about to start, and has not been told yet how to look them up. Their plans wait for that.
   */
  void lookUpBy(Function<SessionId, CompletionStage<Planner>> stored) {
    lookUp.complete(stored);
  }

  private CompletionStage<Planner> planner(SessionId session) {
    var known = known(session);
    return known == null
        ? lookUp
            .thenCompose(stored -> stored.apply(session))
            .exceptionallyCompose(SwarmsInUse::notFound)
        : CompletableFuture.completedFuture(known.planner());
  }

  /** A session is not ended by what may be otherwise soon: only by a swarm that is lost. */
  private static CompletionStage<Planner> notFound(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean lost =
        cause instanceof SwarmProblem problem && problem.kind() == SwarmProblem.Kind.NOT_FOUND;
    return CompletableFuture.failedStage(
        lost || cause instanceof PlannerUnavailable ? cause : new PlannerUnavailable(cause));
  }

  private synchronized @Nullable SessionSwarm known(SessionId session) {
    return swarms.get(session);
  }

  @Override
  public CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace) {
    return planner(session).thenCompose(planner -> planner.plan(session, goal, workspace));
  }

  @Override
  public CompletionStage<Plan> plan(
      SessionId session, Goal goal, Earlier earlier, Workspace workspace) {
    return planner(session).thenCompose(planner -> planner.plan(session, goal, earlier, workspace));
  }
}
