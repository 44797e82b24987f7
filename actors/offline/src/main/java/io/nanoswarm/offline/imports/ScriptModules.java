package io.nanoswarm.offline.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where JavaScript looks: beside the file, or in a package of the workspace by its name. */
final class ScriptModules implements Links.Meaning {
  private static final Pattern NAME = Pattern.compile("^\\s*\"name\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern MAIN =
      Pattern.compile("^\\s*\"(?:main|module|source)\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern ENDING = Pattern.compile("\\.(?:js|mjs|cjs|jsx)$");
  private static final List<String> ENDINGS =
      List.of(
          "", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".d.ts", ".json");
  private static final List<String> INDEXES =
      List.of("/index.ts", "/index.tsx", "/index.js", "/index.jsx", "/index.mjs");

  private record NamedPackage(String folder, String main) {}

  private final FileTree tree;
  private final Map<String, NamedPackage> packages = new HashMap<>();

  ScriptModules(FileTree tree, List<String> paths, Function<String, List<String>> content) {
    this.tree = tree;
    for (String path : paths) {
      if (path.endsWith("/package.json") || path.equals("package.json")) {
        add(FileTree.folder(path), content.apply(path));
      }
    }
  }

  private void add(String folder, List<String> lines) {
    String name = "";
    String main = "";
    for (String line : lines) {
      Matcher named = NAME.matcher(line);
      Matcher begins = MAIN.matcher(line);
      if (name.isEmpty() && named.find()) {
        name = named.group(1);
      } else if (main.isEmpty() && begins.find()) {
        main = begins.group(1);
      }
    }
    if (!name.isEmpty()) {
      packages.putIfAbsent(name, new NamedPackage(folder, main));
    }
  }

  @Override
  public Optional<String> of(String file, String name) {
    if (name.startsWith(".")) {
      return FileTree.path(FileTree.folder(file), name).flatMap(this::module);
    }
    if (name.startsWith("@/") || name.startsWith("~/")) {
      return source(file, name.substring(2));
    }
    String owner = name;
    while (!owner.isEmpty()) {
      NamedPackage found = packages.get(owner);
      if (found != null) {
        return inPackage(found, name.substring(owner.length()));
      }
      owner = FileTree.folder(owner);
    }
    return Optional.empty();
  }

  /** By a common agreement, {@code @/} is the folder {@code src} of the nearest package. */
  private Optional<String> source(String file, String path) {
    String folder = FileTree.folder(file);
    while (true) {
      Optional<String> found = FileTree.path(folder, "src/" + path).flatMap(this::module);
      if (found.isPresent() || folder.isEmpty()) {
        return found;
      }
      folder = FileTree.folder(folder);
    }
  }

  private Optional<String> inPackage(NamedPackage found, String rest) {
    List<String> tries =
        rest.isEmpty()
            ? List.of(found.main(), "src/index", "index", "src/main", "lib/index")
            : List.of(rest, "src/" + rest, "lib/" + rest);
    for (String each : tries) {
      Optional<String> module =
          each.isEmpty()
              ? Optional.empty()
              : FileTree.path(found.folder(), each).flatMap(this::module);
      if (module.isPresent()) {
        return module;
      }
    }
    return found.folder().isEmpty() ? Optional.empty() : Optional.of(found.folder() + "/");
  }

  private Optional<String> module(String path) {
    for (String ending : ENDINGS) {
      if (tree.hasFile(path + ending)) {
        return Optional.of(path + ending);
      }
    }
    String bare = ENDING.matcher(path).replaceFirst("");
    for (String ending : List.of(".ts", ".tsx", ".mts")) {
      if (!bare.equals(path) && tree.hasFile(bare + ending)) {
        return Optional.of(bare + ending);
      }
    }
    return INDEXES.stream().map(index -> path + index).filter(tree::hasFile).findFirst();
  }
}
