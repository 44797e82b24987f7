package io.nanoswarm.offline;

import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.offline.answer.Answer;
import io.nanoswarm.offline.critique.CritiqueEntry;
import io.nanoswarm.offline.critique.Verdict;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.session.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What stands against a finding, or against calling an answer complete. */
final class Objections {
  private Objections() {}

  /** Whether no critique says anything against a finding. */
  static boolean none(List<Entry> critiques, Finding finding) {
    String key = CritiqueEntry.verdictOf(finding.evidence().place());
    return critiques.stream()
        .map(entry -> entry.draft().attributes().getOrDefault(key, Verdict.KEEP.text()))
        .allMatch(Verdict.KEEP.text()::equals);
  }

  /** How much of the folder the search tasks before one have searched. */
  static Answer.Reach reach(Task task) {
    long searched = 0;
    long lost = 0;
    for (Task.Input input : task.inputs()) {
      if (SearchPlan.searches(task.plannedName(input.task()))) {
        boolean completed = input.outcome() instanceof Outcome.Completed;
        searched += completed ? 1 : 0;
        lost += completed ? 0 : 1;
      }
    }
    if (lost == 0) {
      return Answer.Reach.ALL;
    }
    return searched == 0 ? Answer.Reach.NOTHING : Answer.Reach.PART;
  }

  /** One sentence for each task before this one that did not end well. */
  static List<String> missing(List<Task.Input> inputs) {
    var missing = new ArrayList<String>();
    for (Task.Input input : inputs) {
      switch (input.outcome()) {
        case Outcome.Completed _ -> {}
        case Outcome.Failed(var reason, _) ->
            missing.add("Not done: %s. It failed: %s".formatted(input.title(), reason));
        case Outcome.Cancelled(var reason) ->
            missing.add("Not done: %s. It was cancelled: %s".formatted(input.title(), reason));
      }
    }
    return missing;
  }
}
