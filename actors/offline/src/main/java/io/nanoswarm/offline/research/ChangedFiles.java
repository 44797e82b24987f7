package io.nanoswarm.offline.research;

import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.workspace.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that were left out because they are not what they were when the session was opened. */
public final class ChangedFiles {
  private static final String KIND = "changed-files";
  private static final int SHOWN = 5;

  private ChangedFiles() {}

  /** Those of one part, so that two parts do not report the same. */
  public static List<String> of(List<Manifest.File> part, List<String> changed) {
    return changed.stream()
        .filter(each -> part.stream().anyMatch(file -> each.startsWith(file.path() + " ")))
        .toList();
  }

  public static Draft draft(String task, List<String> changed) {
    return new Draft(
        EntryPath.in(Section.FINDINGS, task.replace('.', '-') + "/" + KIND),
        "# Left out\n\n" + String.join("\n", changed.stream().map(each -> "- " + each).toList()),
        List.of(),
        Map.of("kind", KIND, "changed", shown(changed)));
  }

  /** What an entry of this kind says; empty for another. */
  public static Optional<String> parse(Entry entry) {
    Map<String, String> attributes = entry.draft().attributes();
    return KIND.equals(attributes.get("kind"))
        ? Optional.ofNullable(attributes.get("changed"))
        : Optional.empty();
  }

  /** The end of a summary; nothing if nothing changed. */
  public static String remark(List<String> changed) {
    return changed.isEmpty() ? "" : "; left out: " + shown(changed);
  }

  private static String shown(List<String> changed) {
    int more = changed.size() - SHOWN;
    return String.join("; ", changed.stream().limit(SHOWN).toList())
        + (more > 0 ? "; and %d more files".formatted(more) : "");
  }
}
