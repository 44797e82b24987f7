package io.nanoswarm.samples.bench;

import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Plans {@code 64 wait:200ms} as 64 independent tasks, and an answer after all of them. */
final class LoadPlanner implements Planner {
  static final AgentRole ROLE = new AgentRole("load");
  static final String ANSWER = "answer";

  static String goal(int tasks, Load load) {
    return tasks + " " + load;
  }

  @Override
  public CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace) {
    int space = goal.text().indexOf(' ');
    int count = Integer.parseInt(goal.text().substring(0, space));
    var parameters = Map.of(LoadAgent.WORK, goal.text().substring(space + 1));
    var tasks = new ArrayList<TaskSpec>();
    for (int i = 1; i <= count; i++) {
      tasks.add(task(TaskId.of(session, "load-" + i), parameters, List.of()));
    }
    var all = tasks.stream().map(TaskSpec::id).toList();
    tasks.add(task(TaskId.of(session, ANSWER), Map.of(), all));
    return CompletableFuture.completedStage(new Plan(tasks, tasks.getLast().id()));
  }

  private static TaskSpec task(TaskId id, Map<String, String> parameters, List<TaskId> after) {
    return TaskSpec.of(id, ROLE, id.name()).withParameters(parameters).withAfter(after);
  }
}
