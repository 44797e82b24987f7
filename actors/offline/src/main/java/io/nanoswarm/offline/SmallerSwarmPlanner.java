package io.nanoswarm.offline;

import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Plans for a swarm that lacks some of the built-in agents: the same tasks without those that
 * nobody would do.
 */
public final class SmallerSwarmPlanner implements Planner {
  private final Planner whole;
  private final Set<AgentRole> roles;

  /**
   * @param whole plans for all roles
   * @param roles that the swarm has, among them {@link OfflineSwarm#needed}
   */
  public SmallerSwarmPlanner(Planner whole, Set<AgentRole> roles) {
    this.whole = whole;
    this.roles = Set.copyOf(roles);
  }

  @Override
  public CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace) {
    return whole.plan(session, goal, workspace).thenApply(this::smaller);
  }

  @Override
  public CompletionStage<Plan> plan(
      SessionId session, Goal goal, Earlier earlier, Workspace workspace) {
    return whole.plan(session, goal, earlier, workspace).thenApply(this::smaller);
  }

  private Plan smaller(Plan plan) {
    List<TaskSpec> tasks =
        plan.tasks().stream().filter(task -> roles.contains(task.role())).toList();
    Set<TaskId> left = new HashSet<>();
    tasks.forEach(task -> left.add(task.id()));
    return new Plan(
        tasks.stream()
            .map(task -> task.withAfter(task.after().stream().filter(left::contains).toList()))
            .toList(),
        plan.answer());
  }
}
