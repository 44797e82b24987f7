package io.nanoswarm.node;

import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.supervisor.Isolation;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the agents of sessions started: some at once, since JVMs take long to start, and the others
 * when it is known that there are tasks for them.
 *
 * <p>Guarantees: before a session is driven, every role has agents that a task of its plan names.
 */
final class SessionAgents {
  private static final Logger LOG = LoggerFactory.getLogger(SessionAgents.class);

  private final AgentPool pool;

  SessionAgents(AgentPool pool) {
    this.pool = pool;
  }

  /** Those that start whatever there is to do. */
  CompletionStage<Void> startFirst(SessionSwarm swarm, Isolation isolation) {
    return pool.ensure(swarm.first(), isolation);
  }

  /**
   * Those of a session that is taken up: as many as were wished for when it was opened, or as
   * usual, if there are no such agents any more, or no room for so many. Nobody is there to ask for
   * fewer.
   *
   * @return the swarm that it goes on with
   */
  CompletionStage<SessionSwarm> startFirst(
      SessionId id, Supplier<SessionSwarm> wished, SessionSwarm usual, Isolation isolation) {
    return CompletableFuture.completedFuture(wished)
        .thenApply(Supplier::get)
        .thenCompose(swarm -> {
          pool.checkMemory(swarm.roster(), isolation);
          return startFirst(swarm, isolation).thenApply(_ -> swarm);
        })
        .exceptionallyCompose(failure -> {
          Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
          if (!(cause instanceof SwarmProblem refused)) {
            return CompletableFuture.failedFuture(failure);
          }
          LOG.warn("session [{}] goes on with the usual agents: [{}]", id, refused.getMessage());
          return startFirst(usual, isolation).thenApply(_ -> usual);
        });
  }

  /** The others that a session needs which is planned, or will be by its swarm's planner. */
  CompletionStage<Void> startOthers(
      SessionSwarm swarm, SessionId id, SessionState.Active session, Isolation isolation) {
    if (session.planned()) {
      Stream<TaskSpec> tasks = session.tasksOfQuestion().stream().map(TaskRecord::spec);
      return pool.ensure(swarm.others(roles(tasks)), isolation);
    }
    var asked = session.question();
    return startOthers(
        swarm,
        isolation,
        () -> swarm.planner().plan(id, asked.goal(), session.earlier(), asked.workspace()));
  }

  /**
   * The others that a plan has tasks for; all of them if it cannot be made now. The plan is made
   * for this alone: who drives the session makes it again, and says why if it cannot be made.
   */
  CompletionStage<Void> startOthers(
      SessionSwarm swarm, Isolation isolation, Supplier<CompletionStage<Plan>> plan) {
    Roster all = swarm.others(swarm.roster().roles());
    if (all.members().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return plan.get()
        .thenApply(made -> swarm.others(roles(made.tasks().stream())))
        .exceptionally(failure -> {
          LOG.warn("there is no plan yet, so all agents start: [{}]", failure.toString());
          return all;
        })
        .thenCompose(needed -> pool.ensure(needed, isolation));
  }

  private static Set<AgentRole> roles(Stream<TaskSpec> tasks) {
    return tasks.map(TaskSpec::role).collect(Collectors.toSet());
  }
}
