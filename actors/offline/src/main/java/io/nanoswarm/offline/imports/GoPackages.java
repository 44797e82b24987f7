package io.nanoswarm.offline.imports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Where Go looks: in the folders below the {@code go.mod} whose module an import begins with. */
final class GoPackages implements Links.Meaning {
  private final FileTree tree;

  /** Folders by the name of their module. */
  private final Map<String, String> modules = new TreeMap<>();

  GoPackages(FileTree tree, List<String> paths, Function<String, List<String>> content) {
    this.tree = tree;
    for (String path : paths) {
      if (path.endsWith("/go.mod") || path.equals("go.mod")) {
        content.apply(path).stream()
            .filter(line -> line.startsWith("module "))
            .findFirst()
            .ifPresent(line ->
                modules.put(
                    line.substring("module ".length()).strip().replace("\"", ""),
                    FileTree.folder(path)));
      }
    }
  }

  @Override
  public Optional<String> of(String file, String name) {
    for (Map.Entry<String, String> module : modules.entrySet()) {
      if (name.equals(module.getKey()) || name.startsWith(module.getKey() + "/")) {
        Optional<String> folder =
            FileTree.path(module.getValue(), name.substring(module.getKey().length()))
                .filter(tree::hasFolder);
        if (folder.isPresent()) {
          return folder.map(each -> each + "/");
        }
      }
    }
    return Optional.empty();
  }
}
