package io.nanoswarm.offline.structure;

import io.nanoswarm.offline.imports.SourceLanguage;
import io.nanoswarm.offline.workspace.TestFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parts of a workspace: what its build calls modules if there are at least two with sources,
 * else its folders, from where they begin to differ. Pure.
 */
final class Modules {
  /** More would be a list that nobody reads. */
  static final int MOST = 60;

  private static final String ROOT = ".";
  private static final double NEARLY_ALL = 0.8;

  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("pom.xml", "Maven"),
          Map.entry("build.gradle", "Gradle"),
          Map.entry("build.gradle.kts", "Gradle"),
          Map.entry("build.sbt", "sbt"),
          Map.entry("package.json", "npm"),
          Map.entry("Cargo.toml", "Cargo"),
          Map.entry("go.mod", "Go"),
          Map.entry("pyproject.toml", "Python"),
          Map.entry("setup.py", "Python"),
          Map.entry("module-info.java", "Java module"));

  /** Folders with their kinds; the workspace itself is {@code .}. */
  private final Map<String, String> kinds;

  private final Map<String, Integer> files = new TreeMap<>();

  private Modules(Map<String, String> kinds, List<String> paths) {
    this.kinds = kinds;
    paths.forEach(path -> files.merge(of(path), 1, Integer::sum));
    files.remove("");
  }

  static Modules of(List<String> paths) {
    var built = new TreeMap<String, String>();
    for (String path : paths) {
      String kind = KINDS.get(path.substring(path.lastIndexOf('/') + 1));
      if (kind != null && !TestFiles.isTest(path)) {
        built.putIfAbsent(home(path), kind);
      }
    }
    built.keySet().removeIf(folder -> isInside(folder, built.keySet()));
    List<String> code = paths.stream().filter(path -> SourceLanguage.of(path).isCode()).toList();
    var withCode = new Modules(built, code);
    if (withCode.files.size() >= 2) {
      return new Modules(few(built, withCode.files), paths);
    }
    var folders = folders(code.isEmpty() ? paths : code, paths);
    return new Modules(few(folders, new Modules(folders, paths).files), paths);
  }

  /** Files of each module that has any. */
  Map<String, Integer> files() {
    return files;
  }

  String kind(String module) {
    return kinds.getOrDefault(module, "folder");
  }

  /** The module of a file, or of a folder that ends with a slash; empty if it is in none. */
  String of(String path) {
    String folder = path;
    do {
      folder = folder(folder);
      if (kinds.containsKey(folder.isEmpty() ? ROOT : folder)) {
        return folder.isEmpty() ? ROOT : folder;
      }
    } while (!folder.isEmpty());
    return "";
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String home(String path) {
    String folder = folder(path);
    return folder.isEmpty() ? ROOT : folder;
  }

  /** A module-info or a template below the sources of a module is no module of its own. */
  private static boolean isInside(String folder, Set<String> built) {
    int sources = folder.indexOf("/src/");
    return (sources > 0 && built.contains(folder.substring(0, sources)))
        || (folder.startsWith("src/") && built.contains(ROOT));
  }

  /** Follows the folder that holds nearly all, until it splits. */
  private static Map<String, String> folders(List<String> code, List<String> paths) {
    var kinds = new TreeMap<String, String>();
    String at = "";
    while (true) {
      kinds.put(at.isEmpty() ? ROOT : at, "folder");
      children(at, paths).keySet().forEach(each -> kinds.putIfAbsent(each, "folder"));
      Map<String, Integer> children = children(at, code);
      int inside = children.values().stream().mapToInt(Integer::intValue).sum();
      var largest = children.entrySet().stream().max(Map.Entry.comparingByValue());
      if (largest.isEmpty()
          || largest.get().getValue() < NEARLY_ALL * Math.max(inside, code.size() / 2)
          || children(largest.get().getKey(), code).isEmpty()) {
        return kinds;
      }
      at = largest.get().getKey();
    }
  }

  private static Map<String, Integer> children(String folder, List<String> paths) {
    var children = new TreeMap<String, Integer>();
    String prefix = folder.isEmpty() ? "" : folder + "/";
    for (String path : paths) {
      int slash = path.startsWith(prefix) ? path.indexOf('/', prefix.length()) : -1;
      if (slash > 0) {
        children.merge(path.substring(0, slash), 1, Integer::sum);
      }
    }
    return children;
  }

  /** Of too many, those that lie deepest become part of what is around them; then the largest. */
  private static Map<String, String> few(Map<String, String> kinds, Map<String, Integer> files) {
    var few = new HashMap<>(kinds);
    for (int depth = 8; depth > 0 && few.size() > MOST; depth--) {
      int most = depth;
      few.keySet().removeIf(each -> each.chars().filter(c -> c == '/').count() >= most);
    }
    if (few.size() > MOST) {
      var bySize = new ArrayList<>(few.keySet());
      bySize.sort(
          Comparator.comparingInt((String each) -> files.getOrDefault(each, 0))
              .reversed()
              .thenComparing(Comparator.naturalOrder()));
      few.keySet().retainAll(new HashSet<>(bySize.subList(0, MOST)));
    }
    return few;
  }
}
