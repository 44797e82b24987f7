package io.nanoswarm.orchestrator;

import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskRecord;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes {@code context.md}: the question that is worked on, those before it, workspace, and as
 * much of the plan as fits into an entry. Pure; the same session gives the same text.
 */
final class ContextEntry {
  /** Even if each letter took three bytes, the rest of an entry would be left for the goal. */
  private static final int PLAN_LETTERS = 16 * 1024;

  /** The same for a question that follows others, which take some of the room. */
  private static final int FOLLOW_UP_PLAN_LETTERS = 6 * 1024;

  /** What is told of a question before. */
  private static final int EARLIER_LETTERS = 200;

  /** How many tasks before another are named; of more, their number is told. */
  private static final int NAMED_BEFORE = 64;

  private ContextEntry() {}

  static Draft of(SessionState.Active session) {
    var asked = session.question();
    return Draft.of(
        EntryPath.in(Section.CONTEXT, ""),
        """
        # %s

        %s## Workspace

        `%s`: %d files, %d bytes, as listed in artifact `%s`.

        ## Plan

        | task | role | after | what |
        |---|---|---|---|
        %s
        """
            .formatted(
                asked.goal().text().replace('\n', ' '),
                before(session),
                asked.workspace().root(),
                asked.workspace().files(),
                asked.workspace().bytes(),
                asked.workspace().manifest().sha256().substring(0, 12),
                tasks(session)));
  }

  private static String before(SessionState.Active session) {
    var earlier = session.earlier();
    if (earlier.asked() == 0) {
      return "";
    }
    var lines = new StringBuilder("## Asked before\n\n");
    int first = earlier.asked() - earlier.goals().size() + 1;
    for (int i = 0; i < earlier.goals().size(); i++) {
      String text = earlier.texts().get(i).replace('\n', ' ');
      String shown =
          text.length() > EARLIER_LETTERS ? text.substring(0, EARLIER_LETTERS) + "\u2026" : text;
      lines.append("%d. %s\n".formatted(first + i, shown));
    }
    return lines.append('\n').toString();
  }

  private static String tasks(SessionState.Active session) {
    var lines = new StringBuilder();
    int told = 0;
    int letters = session.questions() == 1 ? PLAN_LETTERS : FOLLOW_UP_PLAN_LETTERS;
    List<TaskRecord> tasks = session.tasksOfQuestion();
    for (TaskRecord task : tasks) {
      String line = line(task) + "\n";
      if (lines.length() + line.length() > letters) {
        break;
      }
      lines.append(line);
      told++;
    }
    int left = tasks.size() - told;
    return left == 0
        ? lines.toString().stripTrailing()
        : lines + "\nand %d tasks more".formatted(left);
  }

  private static String line(TaskRecord task) {
    var before = task.spec().after();
    String after =
        before.isEmpty()
            ? "–"
            : before.size() > NAMED_BEFORE
                ? "%d others".formatted(before.size())
                : before.stream()
                    .map(id -> "`" + id.name() + "`")
                    .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |"
        .formatted(
            task.id().name(), task.spec().role(), after, task.spec().title().replace("|", "\\|"));
  }
}
