package io.nanoswarm.offline.structure;

import io.nanoswarm.offline.imports.FileFacts;
import io.nanoswarm.offline.structure.Structure.EntryPoint;
import io.nanoswarm.offline.structure.Structure.Place;
import io.nanoswarm.offline.workspace.TestFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where programs begin: what files declare as main, and what builds and images start. Pure. */
final class EntryPoints {
  private static final Pattern NPM =
      Pattern.compile("^\\s*\"(bin|main|start)\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern PYTHON =
      Pattern.compile("^([\\w.-]+)\\s*=\\s*[\"']([\\w.]+:[\\w.]+)");
  private static final Pattern IMAGE = Pattern.compile("^(?:ENTRYPOINT|CMD)\\s+(.+)");
  private static final int MOST_READ = 60;

  private EntryPoints() {}

  /** Sources before examples, examples before tests; those near the top of the tree first. */
  static List<EntryPoint> of(
      Map<String, FileFacts> facts, List<String> paths, Function<String, List<String>> content) {
    var found = new ArrayList<EntryPoint>();
    facts.forEach((path, each) -> {
      for (FileFacts.Start start : each.starts()) {
        if (!path.endsWith("build.rs")) {
          String name = start.name().isEmpty() ? name(path) : start.name();
          found.add(new EntryPoint(start.kind(), name, new Place(path, start.line())));
        }
      }
    });
    int read = 0;
    for (String path : paths) {
      if (declares(path) && read++ < MOST_READ) {
        declared(path, content.apply(path), found);
      }
    }
    found.sort(
        Comparator.comparingInt((EntryPoint each) -> rank(each.at().path()))
            .thenComparing(each -> each.at().path())
            .thenComparingInt(each -> each.at().line()));
    boolean anySource = !found.isEmpty() && !TestFiles.isTest(found.getFirst().at().path());
    return anySource
        ? found.stream().filter(each -> !TestFiles.isTest(each.at().path())).toList()
        : List.copyOf(found);
  }

  private static int rank(String path) {
    int depth = (int) path.chars().filter(c -> c == '/').count();
    return depth + (TestFiles.isTest(path) ? 200 : TestFiles.isExample(path) ? 100 : 0);
  }

  private static String name(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean plain = name.startsWith("__main__") || name.startsWith("main.");
    return plain && path.indexOf('/') > 0 ? path : name;
  }

  private static boolean declares(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.equals("package.json")
        || name.equals("pyproject.toml")
        || name.equals("Dockerfile")
        || name.equals("Containerfile");
  }

  private static void declared(String path, List<String> lines, List<EntryPoint> found) {
    boolean scripts = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (path.endsWith("package.json")) {
        Matcher npm = NPM.matcher(line);
        if (npm.find()) {
          found.add(new EntryPoint("npm " + npm.group(1), npm.group(2), new Place(path, i + 1)));
        }
      } else if (path.endsWith(".toml")) {
        scripts = line.startsWith("[") ? line.strip().endsWith("scripts]") : scripts;
        Matcher script = PYTHON.matcher(line);
        if (scripts && script.find()) {
          found.add(new EntryPoint("Python command", script.group(1), new Place(path, i + 1)));
        }
      } else {
        Matcher image = IMAGE.matcher(line);
        if (image.find()) {
          found.add(new EntryPoint("container", image.group(1), new Place(path, i + 1)));
        }
      }
    }
  }
}
