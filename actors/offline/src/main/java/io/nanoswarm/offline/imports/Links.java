package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the files that imports mean. What is not in the workspace, as libraries, is left out.
 *
 * <p>Guarantees: pure; from one file to another there is one link, that of the first line that says
 * so; links are sorted by path and line.
 */
public final class Links {
  /** How a language finds what an import names. */
  interface Meaning {
    /** The path of a file, or of a folder with {@code /} at its end; empty if it is elsewhere. */
    Optional<String> of(String file, String name);
  }

  private final Map<SourceLanguage, Meaning> meanings = new EnumMap<>(SourceLanguage.class);
  private final JvmNames jvm;

  /**
   * @param paths of all files of the workspace, those without facts included
   * @param content reads one of them, as {@code package.json}; empty if it cannot be read
   */
  private Links(
      Map<String, FileFacts> facts, List<String> paths, Function<String, List<String>> content) {
    var tree = new FileTree(paths);
    this.jvm = new JvmNames(facts);
    meanings.put(SourceLanguage.PYTHON, new PythonModules(tree, paths));
    meanings.put(SourceLanguage.SCRIPT, new ScriptModules(tree, paths, content));
    meanings.put(SourceLanguage.GO, new GoPackages(tree, paths, content));
    meanings.put(SourceLanguage.RUST, new RustModules(tree, paths, content));
    meanings.put(SourceLanguage.C, new Includes(tree, paths));
    meanings.put(SourceLanguage.MARKDOWN, new DocumentLinks(tree));
  }

  public static List<Link> of(
      Map<String, FileFacts> facts, List<String> paths, Function<String, List<String>> content) {
    var links = new Links(facts, paths, content);
    var all = new ArrayList<Link>();
    facts.forEach((path, each) -> links.add(path, each, all));
    all.sort(Comparator.comparing(Link::from).thenComparingInt(Link::line).thenComparing(Link::to));
    return List.copyOf(all);
  }

  private void add(String file, FileFacts facts, List<Link> all) {
    var first = new LinkedHashMap<String, Integer>();
    SourceLanguage language = SourceLanguage.of(file);
    if (language.isOfTheJvm()) {
      jvm.links(file, facts, first);
    } else {
      Meaning meaning = meanings.getOrDefault(language, (_, _) -> Optional.empty());
      for (Named each : facts.imports()) {
        meaning.of(file, each.name()).ifPresent(to -> first.merge(to, each.line(), Math::min));
      }
    }
    first.forEach((to, line) -> {
      if (!to.equals(file) && !to.equals(FileTree.folder(file) + "/")) {
        all.add(new Link(file, to, line));
      }
    });
  }
}
