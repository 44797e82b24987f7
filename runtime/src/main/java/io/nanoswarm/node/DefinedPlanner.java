package io.nanoswarm.node;

import io.nanoswarm.agent.Task;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmDefinition.PlannedTask;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The plan of a definition, or, if it has none, one task for its first agent. */
final class DefinedPlanner implements Planner {
  private static final String ANSWER = "answer";
  private static final String ANSWER_PATH = "final/answer";

  private final SwarmDefinition definition;

  DefinedPlanner(SwarmDefinition definition) {
    this.definition = definition;
  }

  @Override
  public CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace) {
    return CompletableFuture.completedFuture(plan(session));
  }

  private Plan plan(SessionId session) {
    Map<String, PlannedTask> tasks =
        definition.plan().isEmpty() ? Map.of(ANSWER, onlyTask()) : definition.plan();
    String answer = definition.answer() == null ? ANSWER : definition.answer();
    var specs = new ArrayList<TaskSpec>();
    tasks.forEach((name, task) -> specs.add(spec(session, name, task, name.equals(answer))));
    return new Plan(specs, TaskId.of(session, answer));
  }

  private PlannedTask onlyTask() {
    return new PlannedTask(
        definition.agents().keySet().iterator().next(),
        "Answer the question",
        "",
        List.of(),
        List.of(),
        null,
        null,
        Map.of());
  }

  private TaskSpec spec(SessionId session, String name, PlannedTask task, boolean answers) {
    var agent = definition.agents().get(task.role());
    String result = task.result() == null && answers ? ANSWER_PATH : task.result();
    var spec =
        TaskSpec.of(
                TaskId.of(session, name),
                new AgentRole(task.role()),
                task.title().isEmpty() ? name : task.title())
            .withInstructions(task.instructions())
            .withParameters(task.parameters())
            .withAfter(task.after().stream().map(before -> TaskId.of(session, before)).toList())
            .withPriority(task.priority() == null ? Priority.NORMAL : task.priority())
            .withNeeds(task.needs())
            .withLimits(
                agent == null || agent.limits() == null ? TaskSpec.Limits.DEFAULT : agent.limits());
    return result == null ? spec : spec.withParameter(Task.RESULT, result);
  }
}
