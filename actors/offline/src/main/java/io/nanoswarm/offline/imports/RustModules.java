package io.nanoswarm.offline.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where Rust looks: in the modules of its crate, and in other crates of the workspace. */
final class RustModules implements Links.Meaning {
  private static final Pattern NAME = Pattern.compile("^name\\s*=\\s*\"([^\"]+)\"");

  private final FileTree tree;

  /** Folders by the name of their crate, as {@code use} knows it. */
  private final Map<String, String> crates = new HashMap<>();

  RustModules(FileTree tree, List<String> paths, Function<String, List<String>> content) {
    this.tree = tree;
    for (String path : paths) {
      if (path.endsWith("/Cargo.toml") || path.equals("Cargo.toml")) {
        content.apply(path).stream()
            .map(NAME::matcher)
            .filter(Matcher::find)
            .findFirst()
            .ifPresent(
                name -> crates.putIfAbsent(name.group(1).replace('-', '_'), FileTree.folder(path)));
      }
    }
  }

  @Override
  public Optional<String> of(String file, String name) {
    if (name.startsWith("mod ")) {
      String child = name.substring("mod ".length());
      return module(children(file), child);
    }
    String[] steps = name.split("::", -1);
    int from = 1;
    String base;
    switch (steps[0]) {
      case "crate" -> base = source(crate(file));
      case "self" -> base = children(file);
      case "super" -> {
        base = FileTree.folder(children(file));
        while (from < steps.length && steps[from].equals("super")) {
          base = FileTree.folder(base);
          from++;
        }
      }
      default -> {
        String folder = crates.get(steps[0]);
        if (folder == null) {
          return Optional.empty();
        }
        base = source(folder);
      }
    }
    return longest(base, List.of(steps).subList(from, steps.length));
  }

  /** The deepest module on a path; the rest of the path are its members. */
  private Optional<String> longest(String base, List<String> steps) {
    for (int end = steps.size(); end > 0; end--) {
      Optional<String> found = module(base, String.join("/", steps.subList(0, end)));
      if (found.isPresent()) {
        return found;
      }
    }
    for (String root : List.of("/lib.rs", "/mod.rs", "/main.rs", ".rs")) {
      if (tree.hasFile(base + root)) {
        return Optional.of(base + root);
      }
    }
    return Optional.empty();
  }

  private Optional<String> module(String folder, String name) {
    String place = folder.isEmpty() ? name : folder + "/" + name;
    if (tree.hasFile(place + ".rs")) {
      return Optional.of(place + ".rs");
    }
    return tree.hasFile(place + "/mod.rs") ? Optional.of(place + "/mod.rs") : Optional.empty();
  }

  /** The folder with the modules inside a file's module. */
  private static String children(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return name.equals("lib.rs") || name.equals("main.rs") || name.equals("mod.rs")
        ? FileTree.folder(file)
        : file.substring(0, file.length() - ".rs".length());
  }

  private String crate(String file) {
    String folder = FileTree.folder(file);
    while (!folder.isEmpty() && !tree.hasFile(folder + "/Cargo.toml")) {
      folder = FileTree.folder(folder);
    }
    return folder;
  }

  private static String source(String crate) {
    return crate.isEmpty() ? "src" : crate + "/src";
  }
}
