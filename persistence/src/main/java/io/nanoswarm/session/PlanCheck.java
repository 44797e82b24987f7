package io.nanoswarm.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** What makes a plan invalid. Pure. */
public final class PlanCheck {
  private PlanCheck() {}

  /** As {@link #problems(SessionId, Plan)}, beside what the session was asked before. */
  static List<String> problems(SessionState.Active active, Plan plan) {
    var problems = new ArrayList<>(problems(active.opening().session(), plan));
    int all = active.tasks().size() + plan.tasks().size();
    if (!active.tasks().isEmpty() && all > Plan.MAX_TASKS) {
      problems.add(
          "the session would have %d tasks (expected: at most %d)".formatted(all, Plan.MAX_TASKS));
    }
    for (TaskSpec task : plan.tasks()) {
      if (!active.isOfQuestion(task.id()) || active.task(task.id()).isPresent()) {
        problems.add(
            "task %s is named as one of an earlier question (expected: %s…)"
                .formatted(task.id(), QuestionNames.prefix(active.questions())));
      }
    }
    return List.copyOf(problems);
  }

  /**
   * One sentence for each thing that is wrong, in the order of the tasks; empty for a valid plan.
   */
  public static List<String> problems(SessionId session, Plan plan) {
    var problems = new ArrayList<String>();
    if (plan.tasks().isEmpty()) {
      problems.add("the plan has no task");
    }
    if (plan.tasks().size() > Plan.MAX_TASKS) {
      problems.add(
          "the plan has %d tasks (expected: at most %d)"
              .formatted(plan.tasks().size(), Plan.MAX_TASKS));
    }
    var byId = new HashMap<TaskId, TaskSpec>();
    for (TaskSpec task : plan.tasks()) {
      if (!task.id().session().equals(session)) {
        problems.add("task %s belongs to another session than %s".formatted(task.id(), session));
      }
      if (byId.put(task.id(), task) != null) {
        problems.add("task %s is planned twice".formatted(task.id()));
      }
    }
    for (TaskSpec task : plan.tasks()) {
      for (TaskId before : task.after()) {
        if (!byId.containsKey(before)) {
          problems.add(
              "task %s comes after %s, which is not in the plan".formatted(task.id(), before));
        }
      }
    }
    if (!byId.containsKey(plan.answer())) {
      problems.add("the answering task %s is not in the plan".formatted(plan.answer()));
    }
    if (problems.isEmpty()) {
      cycle(plan.tasks(), problems);
    }
    return List.copyOf(problems);
  }

  private static void cycle(List<TaskSpec> tasks, List<String> problems) {
    var graph = new WaitGraph();
    tasks.forEach(task -> graph.add(task.id(), task.after()));
    var stuck = graph.stuck();
    if (!stuck.isEmpty()) {
      problems.add(
          "these tasks wait for each other: "
              + String.join(", ", stuck.stream().map(TaskId::name).toList()));
    }
  }
}
