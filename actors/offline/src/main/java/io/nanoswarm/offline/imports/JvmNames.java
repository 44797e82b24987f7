package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the types of Java, Kotlin and Scala are declared. A type that is declared twice, as for two
 * platforms, is the one nearest to whoever names it.
 */
final class JvmNames {
  private final Map<String, Map<String, List<String>>> spaces = new HashMap<>();

  JvmNames(Map<String, FileFacts> facts) {
    facts.forEach((path, each) -> {
      if (SourceLanguage.of(path).isOfTheJvm()) {
        for (String name : each.names()) {
          spaces
              .computeIfAbsent(each.space(), _ -> new HashMap<>())
              .computeIfAbsent(name, _ -> new ArrayList<>(1))
              .add(path);
        }
      }
    });
  }

  void links(String file, FileFacts facts, Map<String, Integer> first) {
    var imported = new HashSet<String>();
    var visible = new ArrayList<String>();
    for (Named each : whole(facts)) {
      String name = each.name();
      if (name.endsWith(".*")) {
        String whole = name.substring(0, name.length() - 2);
        if (spaces.containsKey(whole)) {
          visible.add(whole);
        } else {
          declared(file, whole).ifPresent(to -> first.merge(to, each.line(), Math::min));
        }
      } else {
        imported.add(name.substring(name.lastIndexOf('.') + 1));
        declared(file, name).ifPresent(to -> first.merge(to, each.line(), Math::min));
      }
    }
    visible.addFirst(facts.space());
    for (Named use : facts.uses()) {
      if (!imported.contains(use.name())) {
        visible.stream()
            .flatMap(space -> in(space, use.name(), file).stream())
            .findFirst()
            .ifPresent(to -> first.putIfAbsent(to, use.line()));
      }
    }
  }

  /**
   * The imports by their whole names: Scala may import a package, and then others that begin with
   * its last name.
   */
  private static List<Named> whole(FileFacts facts) {
    var packages = new HashMap<String, String>();
    var whole = new ArrayList<Named>();
    for (Named each : facts.imports()) {
      int dot = each.name().indexOf('.');
      String first = dot < 0 ? each.name() : each.name().substring(0, dot);
      String known = packages.get(first);
      String name = known == null || dot < 0 ? each.name() : known + each.name().substring(dot);
      whole.add(new Named(name, each.line()));
      String last = name.substring(name.lastIndexOf('.') + 1);
      if (!last.isEmpty() && Character.isLowerCase(last.charAt(0)) && !last.equals(name)) {
        packages.putIfAbsent(last, name);
      }
    }
    return whole;
  }

  /** The longest beginning of a name that is a type: members and nested types come after it. */
  private Optional<String> declared(String file, String name) {
    int end = name.length();
    while (end > 0) {
      int dot = name.lastIndexOf('.', end - 1);
      String space = dot < 0 ? "" : name.substring(0, dot);
      Optional<String> found = in(space, name.substring(dot + 1, end), file);
      if (found.isPresent()) {
        return found;
      }
      end = dot;
    }
    return Optional.empty();
  }

  private Optional<String> in(String space, String name, String near) {
    List<String> paths = spaces.getOrDefault(space, Map.of()).get(name);
    if (paths == null) {
      return Optional.empty();
    }
    String best = paths.getFirst();
    for (String each : paths) {
      if (FileTree.common(each, near) > FileTree.common(best, near)) {
        best = each;
      }
    }
    return Optional.of(best);
  }
}
