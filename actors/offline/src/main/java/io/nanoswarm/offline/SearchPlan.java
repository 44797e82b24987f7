package io.nanoswarm.offline;

import io.nanoswarm.agent.Task;
import io.nanoswarm.offline.critique.Objection;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.question.QuestionKind;
import io.nanoswarm.offline.workspace.Parts;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.workspace.Manifest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tasks of a search, by the parts of its workspace. Pure. */
final class SearchPlan {
  static final String WORK = "work";
  static final String INDEX = "index";
  static final String SEARCH = "search";
  static final String AGAIN = "again";
  static final String PART = "part";
  static final String PARTS = "parts";

  private static final String SEARCH_TASKS = "research-";

  /** Of these kinds the answer stands at the places found, and how they hang together adds none. */
  private static final Set<QuestionKind> AT_THEIR_PLACES =
      EnumSet.of(QuestionKind.PLACE, QuestionKind.SETTING, QuestionKind.AMOUNT);

  private final SessionId session;
  private final List<List<Manifest.File>> parts;
  private final String words;
  private final QuestionKind kind;

  SearchPlan(SessionId session, Goal goal, List<List<Manifest.File>> parts) {
    this(session, Question.of(goal.text()), parts);
  }

  SearchPlan(SessionId session, Question question, List<List<Manifest.File>> parts) {
    this.session = session;
    this.parts = parts;
    this.words = String.join(", ", question.words());
    this.kind = question.kind();
  }

  /** Whether a task that was planned with this name searches a part. */
  static boolean searches(String plannedName) {
    return plannedName.startsWith(SEARCH_TASKS);
  }

  /** The task that looks again for what findings were off the question. */
  static TaskSpec again(Task critique, Objection objection) {
    int off = objection.off().size();
    return TaskSpec.of(
            critique.id().child(AGAIN),
            OfflineSwarm.RESEARCHER,
            "look again: %s off the question"
                .formatted(off == 1 ? "1 finding is" : off + " findings are"))
        .withInstructions(objection.text())
        .withParameters(objection.parameters())
        .withParameter(WORK, AGAIN)
        .withParameter(PARTS, Long.toString(parts(critique)));
  }

  /** As many as searched before a task, so that their indexes are there. */
  private static long parts(Task task) {
    return Math.max(
        1, task.inputs().stream().filter(each -> searches(task.plannedName(each.task()))).count());
  }

  /** Whether a task looks again for what a critic sent back. */
  static boolean looksAgain(TaskId task) {
    return task.name().endsWith("." + AGAIN);
  }

  Plan plan() {
    var index = new ArrayList<TaskSpec>();
    var research = new ArrayList<TaskSpec>();
    for (int part = 1; part <= parts.size(); part++) {
      index.add(
          part("index-", INDEX, "index", part, List.of())
              .instructions("Make the full-text index of %s, if this machine has none yet."));
    }
    List<TaskId> indexed = index.stream().map(TaskSpec::id).toList();
    for (int part = 1; part <= parts.size(); part++) {
      research.add(
          part(SEARCH_TASKS, SEARCH, "search", part, indexed)
              .instructions(
                  "Post the best passages of %s that speak of: " + words.replace("%", "%%")));
    }
    List<TaskId> researched = research.stream().map(TaskSpec::id).toList();
    List<TaskSpec> surveys = surveys(researched);
    var seen = new ArrayList<TaskId>(researched);
    surveys.forEach(each -> seen.add(each.id()));
    TaskSpec critique =
        task(
            "critique",
            OfflineSwarm.CRITIC,
            "check what was found",
            "Open every cited place, compare the quotation, and say what is weak, repeated, off"
                + " topic or not covered.",
            Map.of(),
            seen);
    var before = new ArrayList<TaskId>(seen);
    before.add(critique.id());
    TaskSpec answer =
        task(
            "answer",
            OfflineSwarm.COORDINATOR,
            "write the answer",
            "Answer in sentences that stand in the files, each with its place, and say what is"
                + " missing.",
            Map.of(),
            before);
    var all = new ArrayList<TaskSpec>(index);
    all.addAll(research);
    all.addAll(surveys);
    all.add(critique);
    all.add(answer);
    return new Plan(all, answer.id());
  }

  /**
   * What else is looked at, once it is known which places matter; nothing if a place, a setting or
   * an amount is all that was asked for.
   */
  private List<TaskSpec> surveys(List<TaskId> researched) {
    if (AT_THEIR_PLACES.contains(kind)) {
      return List.of();
    }
    return List.of(
        task(
            "structure",
            OfflineSwarm.ARCHITECT,
            "see how it hangs together",
            "Post modules, what depends on what, where programs begin and circles; above all what"
                + " the found files use and who uses them.",
            Map.of(),
            researched),
        task(
            "figures",
            OfflineSwarm.ANALYST,
            "count what bears on it",
            "Post sizes, languages, changes and their authors, tests, and what was left for later;"
                + " above all of the found files.",
            Map.of(),
            researched));
  }

  /** A task on one part, but for its instructions. */
  private record PartTask(
      SearchPlan plan, String name, String verb, String work, int part, List<TaskId> after) {
    TaskSpec instructions(String text) {
      String folders = Parts.folders(plan.parts.get(part - 1));
      return plan.task(
          name + part,
          OfflineSwarm.RESEARCHER,
          "%s part %d of %d: %s".formatted(verb, part, plan.parts.size(), folders),
          text.formatted(folders),
          Map.of(
              WORK, work,
              PART, Integer.toString(part),
              PARTS, Integer.toString(plan.parts.size())),
          after);
    }
  }

  private PartTask part(String name, String work, String verb, int part, List<TaskId> after) {
    return new PartTask(this, name, verb, work, part, after);
  }

  private TaskSpec task(
      String name,
      AgentRole role,
      String title,
      String instructions,
      Map<String, String> parameters,
      List<TaskId> after) {
    return TaskSpec.of(TaskId.of(session, name), role, title)
        .withInstructions(instructions)
        .withParameters(parameters)
        .withAfter(after);
  }
}
