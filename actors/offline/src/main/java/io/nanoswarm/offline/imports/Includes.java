package io.nanoswarm.offline.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where C looks: beside the file, and else for a file whose path ends like that, the nearest one.
 * The options of the compiler are not known.
 */
final class Includes implements Links.Meaning {
  private final FileTree tree;
  private final Map<String, List<String>> byName = new HashMap<>();

  Includes(FileTree tree, List<String> paths) {
    this.tree = tree;
    for (String path : paths) {
      if (SourceLanguage.of(path) == SourceLanguage.C) {
        byName
            .computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), _ -> new ArrayList<>(1))
            .add(path);
      }
    }
  }

  /** The name begins with the quote or bracket that it stood in. */
  @Override
  public Optional<String> of(String file, String name) {
    boolean quoted = name.startsWith("\"");
    String path = name.substring(1);
    if (quoted) {
      Optional<String> beside = FileTree.path(FileTree.folder(file), path).filter(tree::hasFile);
      if (beside.isPresent()) {
        return beside;
      }
    }
    String end = FileTree.path("", path.replace("../", "")).orElse(path);
    String best = null;
    for (String each : byName.getOrDefault(end.substring(end.lastIndexOf('/') + 1), List.of())) {
      boolean ends = each.equals(end) || each.endsWith("/" + end);
      // What stands in brackets without a folder is most often the system's.
      boolean plausible = quoted || end.indexOf('/') >= 0 || each.contains("include/");
      if (ends
          && plausible
          && (best == null || FileTree.common(each, file) > FileTree.common(best, file))) {
        best = each;
      }
    }
    return Optional.ofNullable(best);
  }
}
