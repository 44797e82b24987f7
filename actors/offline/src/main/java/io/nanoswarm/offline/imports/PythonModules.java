package io.nanoswarm.offline.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where Python looks: below the folders that hold packages or are named for sources, and beside a
 * script that is in no package.
 */
final class PythonModules implements Links.Meaning {
  private static final String INIT = "/__init__.py";
  private static final int MOST_ROOTS = 200;

  private final FileTree tree;
  private final List<String> roots = new ArrayList<>();

  PythonModules(FileTree tree, List<String> paths) {
    this.tree = tree;
    var found = new TreeSet<String>();
    found.add("");
    for (String path : paths) {
      if (path.endsWith("/setup.py") || path.endsWith("/pyproject.toml")) {
        found.add(FileTree.folder(path));
      }
      if (path.endsWith(INIT)) {
        String parent = FileTree.folder(FileTree.folder(path));
        if (!tree.hasFile(parent + INIT)) {
          found.add(parent);
        }
      }
    }
    found.stream().limit(MOST_ROOTS).forEach(roots::add);
  }

  @Override
  public Optional<String> of(String file, String name) {
    String folder = FileTree.folder(file);
    if (name.startsWith(".")) {
      int dots = dots(name);
      return FileTree.path(folder, "../".repeat(dots - 1))
          .flatMap(from -> inPackage(from, name.substring(dots)));
    }
    if (!tree.hasFile(folder + INIT)) {
      Optional<String> beside = below(folder, name);
      if (beside.isPresent()) {
        return beside;
      }
    }
    Optional<String> best = Optional.empty();
    int common = -1;
    for (String root : roots) {
      Optional<String> found = below(root, name);
      if (found.isPresent() && FileTree.common(found.get(), file) > common) {
        best = found;
        common = FileTree.common(found.get(), file);
      }
    }
    return best;
  }

  private static int dots(String name) {
    int end = 0;
    while (end < name.length() && name.charAt(end) == '.') {
      end++;
    }
    return end;
  }

  /** A name that is no module there is one of the package itself. */
  private Optional<String> inPackage(String folder, String name) {
    Optional<String> module = below(folder, name);
    return module.isEmpty() && tree.hasFile(folder + INIT) ? Optional.of(folder + INIT) : module;
  }

  /** The longest beginning that is a module. */
  private Optional<String> below(String root, String name) {
    String path = name.replace(".*", "").replace("*", "").replace('.', '/');
    while (true) {
      String place = root.isEmpty() ? path : path.isEmpty() ? root : root + "/" + path;
      if (tree.hasFile(place + ".py")) {
        return Optional.of(place + ".py");
      }
      if (tree.hasFile(place + INIT)) {
        return Optional.of(place + INIT);
      }
      if (path.indexOf('/') < 0) {
        return Optional.empty();
      }
      path = FileTree.folder(path);
    }
  }
}
