package io.nanoswarm.planner;

import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A planner that splits every goal into the same tasks; the last of them answers it. */
public final class FixedPlan implements Planner {
  private record Step(String name, String role, List<String> after, UnaryOperator<TaskSpec> more) {}

  private final List<Step> steps;

  private FixedPlan(List<Step> steps) {
    this.steps = steps;
  }

  /** One task, which may begin at once. */
  public static FixedPlan of(String name, String role) {
    return new FixedPlan(List.of()).and(name, role);
  }

  /** Another task, after some that were named before. */
  public FixedPlan and(String name, String role, String... after) {
    return and(name, role, UnaryOperator.identity(), after);
  }

  /**
   * Another task, after some that were named before.
   *
   * @param more sets instructions, parameters, limits
   */
  public FixedPlan and(String name, String role, UnaryOperator<TaskSpec> more, String... after) {
    var all = new ArrayList<>(steps);
    all.add(new Step(name, role, List.of(after), more));
    return new FixedPlan(List.copyOf(all));
  }

  /** The same, its last task with more. */
  public FixedPlan with(UnaryOperator<TaskSpec> more) {
    var all = new ArrayList<>(steps);
    Step last = all.removeLast();
    all.add(
        new Step(
            last.name(), last.role(), last.after(), spec -> more.apply(last.more().apply(spec))));
    return new FixedPlan(List.copyOf(all));
  }

  @Override
  public CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace) {
    var tasks = steps.stream().map(step -> spec(session, step)).toList();
    return CompletableFuture.completedStage(new Plan(tasks, tasks.getLast().id()));
  }

  private static TaskSpec spec(SessionId session, Step step) {
    var after = step.after().stream().map(name -> TaskId.of(session, name)).toList();
    var plain =
        TaskSpec.of(TaskId.of(session, step.name()), new AgentRole(step.role()), step.name());
    return step.more().apply(plain.withAfter(after));
  }
}
