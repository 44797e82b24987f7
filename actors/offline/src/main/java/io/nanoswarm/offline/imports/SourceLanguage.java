package io.nanoswarm.offline.imports;

import java.util.Locale;
import java.util.Map;

/** The languages whose imports are understood, by the file's extension. */
public enum SourceLanguage {
  JAVA,
  KOTLIN,
  SCALA,
  PYTHON,
  SCRIPT,
  GO,
  RUST,
  C,
  MARKDOWN,
  OTHER;

  private static final Map<String, SourceLanguage> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("java", JAVA),
          Map.entry("kt", KOTLIN),
          Map.entry("kts", KOTLIN),
          Map.entry("scala", SCALA),
          Map.entry("sc", SCALA),
          Map.entry("py", PYTHON),
          Map.entry("pyi", PYTHON),
          Map.entry("js", SCRIPT),
          Map.entry("jsx", SCRIPT),
          Map.entry("mjs", SCRIPT),
          Map.entry("cjs", SCRIPT),
          Map.entry("ts", SCRIPT),
          Map.entry("tsx", SCRIPT),
          Map.entry("mts", SCRIPT),
          Map.entry("cts", SCRIPT),
          Map.entry("vue", SCRIPT),
          Map.entry("svelte", SCRIPT),
          Map.entry("go", GO),
          Map.entry("rs", RUST),
          Map.entry("c", C),
          Map.entry("h", C),
          Map.entry("cc", C),
          Map.entry("cpp", C),
          Map.entry("cxx", C),
          Map.entry("hh", C),
          Map.entry("hpp", C),
          Map.entry("hxx", C),
          Map.entry("inl", C),
          Map.entry("m", C),
          Map.entry("mm", C),
          Map.entry("cu", C),
          Map.entry("md", MARKDOWN),
          Map.entry("markdown", MARKDOWN));

  public static SourceLanguage of(String path) {
    int dot = path.lastIndexOf('.');
    if (dot <= path.lastIndexOf('/')) {
      return OTHER;
    }
    String extension = path.substring(dot + 1).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, OTHER);
  }

  /** Whether files are programs, whose imports are dependencies; links are none. */
  public boolean isCode() {
    return this != MARKDOWN && this != OTHER;
  }

  boolean isOfTheJvm() {
    return this == JAVA || this == KOTLIN || this == SCALA;
  }
}
