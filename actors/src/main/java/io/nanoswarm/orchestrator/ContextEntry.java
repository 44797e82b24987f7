package io.nanoswarm.orchestrator;

import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskRecord;
import java.util.stream.Collectors;

/**
 * Writes {@code context.md}: goal, workspace, and as much of the plan as fits into an entry. Pure;
 * the same session gives the same text.
 */
final class ContextEntry {
  /** Even if each letter took three bytes, the rest of an entry would be left for the goal. */
  private static final int PLAN_LETTERS = 16 * 1024;

  /** How many tasks before another are named; of more, their number is told. */
  private static final int NAMED_BEFORE = 64;

  private ContextEntry() {}

  static Draft of(SessionState.Active session) {
    var opening = session.opening();
    return Draft.of(
        EntryPath.in(Section.CONTEXT, ""),
        """
        # %s

        ## Workspace

        `%s`: %d files, %d bytes, as listed in artifact `%s`.

        ## Plan

        | task | role | after | what |
        |---|---|---|---|
        %s
        """
            .formatted(
                opening.goal().text().replace('\n', ' '),
                opening.workspace().root(),
                opening.workspace().files(),
                opening.workspace().bytes(),
                opening.workspace().manifest().sha256().substring(0, 12),
                tasks(session)));
  }

  private static String tasks(SessionState.Active session) {
    var lines = new StringBuilder();
    int told = 0;
    for (TaskRecord task : session.tasks().values()) {
      String line = line(task) + "\n";
      if (lines.length() + line.length() > PLAN_LETTERS) {
        break;
      }
      lines.append(line);
      told++;
    }
    int left = session.tasks().size() - told;
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
