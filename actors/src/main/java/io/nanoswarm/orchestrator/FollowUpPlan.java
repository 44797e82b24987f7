package io.nanoswarm.orchestrator;

import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.QuestionNames;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;

/**
 * Gives the tasks of a plan, and the entries that they are to leave, names apart from those of a
 * session's earlier questions. Pure.
 */
final class FollowUpPlan {
  /** Folders that an entry may stand in below its section. */
  private static final int FOLDERS = 3;

  private FollowUpPlan() {}

  /** The plan itself for a session's first question. */
  static Plan named(Plan plan, int question) {
    if (question == 1) {
      return plan;
    }
    return new Plan(
        plan.tasks().stream().map(task -> named(task, question)).toList(),
        named(plan.answer(), question));
  }

  private static TaskSpec named(TaskSpec task, int question) {
    var renamed =
        new TaskSpec(
            named(task.id(), question),
            task.role(),
            task.title(),
            task.instructions(),
            task.parameters(),
            task.after().stream().map(before -> named(before, question)).toList(),
            task.priority(),
            task.limits(),
            task.needs());
    String result = task.parameters().get(Task.RESULT);
    return result == null ? renamed : renamed.withParameter(Task.RESULT, result(result, question));
  }

  private static TaskId named(TaskId task, int question) {
    return TaskId.of(task.session(), QuestionNames.prefix(question) + task.name());
  }

  /**
   * {@code final/answer-2}, {@code findings/q2/size}; what is no path stays, to be refused later.
   */
  static String result(String text, int question) {
    String path = text.endsWith(".md") ? text.substring(0, text.length() - 3) : text;
    int slash = path.indexOf('/');
    if (slash < 0) {
      return text;
    }
    String section = path.substring(0, slash);
    String name = path.substring(slash + 1);
    if (section.equals(Section.FINAL.folder())) {
      return section + "/" + QuestionNames.numbered(question, name);
    }
    boolean room = name.chars().filter(letter -> letter == '/').count() < FOLDERS;
    return section + "/q" + question + (room ? "/" : "-") + name;
  }
}
