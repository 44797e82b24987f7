package io.nanoswarm.orchestrator;

import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskRecord;
import java.util.stream.Collectors;

/**
 * Writes {@code context.md}: goal, workspace and plan. Pure; the same session gives the same text.
 */
final class ContextEntry {
  private ContextEntry() {}

  static Draft of(SessionState.Active session) {
    var opening = session.opening();
    String tasks =
        session.tasks().values().stream().map(ContextEntry::line).collect(Collectors.joining("\n"));
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
                tasks));
  }

  private static String line(TaskRecord task) {
    String after =
        task.spec().after().isEmpty()
            ? "–"
            : task.spec().after().stream()
                .map(id -> "`" + id.name() + "`")
                .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |"
        .formatted(
            task.id().name(), task.spec().role(), after, task.spec().title().replace("|", "\\|"));
  }
}
