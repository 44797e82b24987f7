package io.nanoswarm.offline.figures;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the language of a file is called, by its extension. */
final class Languages {
  static final String OTHER = "other";

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("java", "Java"),
          Map.entry("kt", "Kotlin"),
          Map.entry("kts", "Kotlin"),
          Map.entry("scala", "Scala"),
          Map.entry("groovy", "Groovy"),
          Map.entry("py", "Python"),
          Map.entry("js", "JavaScript"),
          Map.entry("mjs", "JavaScript"),
          Map.entry("cjs", "JavaScript"),
          Map.entry("jsx", "JavaScript"),
          Map.entry("ts", "TypeScript"),
          Map.entry("tsx", "TypeScript"),
          Map.entry("go", "Go"),
          Map.entry("rs", "Rust"),
          Map.entry("c", "C"),
          Map.entry("h", "C"),
          Map.entry("cc", "C++"),
          Map.entry("cpp", "C++"),
          Map.entry("cxx", "C++"),
          Map.entry("hpp", "C++"),
          Map.entry("hh", "C++"),
          Map.entry("cs", "C#"),
          Map.entry("rb", "Ruby"),
          Map.entry("php", "PHP"),
          Map.entry("swift", "Swift"),
          Map.entry("sh", "Shell"),
          Map.entry("bash", "Shell"),
          Map.entry("sql", "SQL"),
          Map.entry("lua", "Lua"),
          Map.entry("pl", "Perl"),
          Map.entry("r", "R"),
          Map.entry("md", "Markdown"),
          Map.entry("adoc", "AsciiDoc"),
          Map.entry("rst", "reStructuredText"),
          Map.entry("txt", "text"),
          Map.entry("html", "HTML"),
          Map.entry("htm", "HTML"),
          Map.entry("css", "CSS"),
          Map.entry("scss", "CSS"),
          Map.entry("xml", "XML"),
          Map.entry("json", "JSON"),
          Map.entry("yaml", "YAML"),
          Map.entry("yml", "YAML"),
          Map.entry("toml", "TOML"),
          Map.entry("conf", "HOCON"),
          Map.entry("properties", "properties"));

  private static final Set<String> NO_PROGRAMS =
      Set.of(
          "Markdown",
          "AsciiDoc",
          "reStructuredText",
          "text",
          "HTML",
          "CSS",
          "XML",
          "JSON",
          "YAML",
          "TOML",
          "HOCON",
          "properties",
          OTHER);

  private Languages() {}

  static String of(String path) {
    int dot = path.lastIndexOf('.');
    return dot <= path.lastIndexOf('/')
        ? OTHER
        : NAMES.getOrDefault(path.substring(dot + 1).toLowerCase(Locale.ROOT), OTHER);
  }

  /** Whether a file is a program. */
  static boolean isProgram(String path) {
    return !NO_PROGRAMS.contains(of(path));
  }
}
