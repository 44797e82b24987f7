package io.nanoswarm.load;

import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Plans {@link Batch}es: independent tasks, all of the same work. The last one answers the goal as
 * well, so that a session whose tasks are done ends as completed.
 */
final class LoadPlanner implements Planner {
  static final AgentRole ROLE = new AgentRole("load");

  /**
   * The tasks of one session, which its goal holds as text.
   *
   * @param tasks how many
   * @param held whether a task first asks whether it has arrived, and does its work when it is
   *     answered
   * @param parameter what a task does: {@code none}, {@code wait}, {@code steps} or {@code bare}
   * @param value milliseconds to wait, steps, or the address of a {@link BareLoop}
   */
  record Batch(int tasks, boolean held, String parameter, String value) {
    Goal goal() {
      return new Goal("%d %b %s %s".formatted(tasks, held, parameter, value));
    }

    static Batch of(Goal goal) {
      String[] words = goal.text().split(" ", 4);
      return new Batch(
          Integer.parseInt(words[0]), Boolean.parseBoolean(words[1]), words[2], words[3]);
    }
  }

  @Override
  public CompletionStage<Plan> plan(SessionId session, Goal goal, Workspace workspace) {
    Batch batch = Batch.of(goal);
    Map<String, String> each = new HashMap<>();
    each.put(batch.parameter(), batch.value());
    if (batch.held()) {
      each.put(LoadAgent.HELD, "true");
    }
    var tasks = new ArrayList<TaskSpec>();
    for (int i = 0; i < batch.tasks(); i++) {
      tasks.add(TaskSpec.of(TaskId.of(session, "t" + i), ROLE, "load").withParameters(each));
    }
    TaskSpec last = tasks.removeLast();
    tasks.add(last.withParameter(LoadAgent.ANSWERS, "true"));
    return CompletableFuture.completedStage(new Plan(tasks, last.id()));
  }
}
