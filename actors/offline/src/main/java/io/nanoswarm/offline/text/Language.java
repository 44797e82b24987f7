package io.nanoswarm.offline.text;

import java.util.Locale;
import java.util.Set;

/** How a file marks what is meant for people: the whole of it, or its comments. */
enum Language {
  PROSE,
  /** The lines that were made of a document's pages. */
  PAGES,
  HTML,
  MARKUP,
  SLASH,
  HASH,
  DASH,
  DATA;

  private static final Set<String> PROSES =
      Set.of("md", "markdown", "adoc", "asciidoc", "rst", "txt", "org", "tex", "text");
  private static final Set<String> MARKUPS = Set.of("xml", "xsd", "svg");
  private static final Set<String> HTMLS = Set.of("html", "htm", "xhtml");
  private static final Set<String> HASHES =
      Set.of(
          "py",
          "rb",
          "sh",
          "bash",
          "zsh",
          "yaml",
          "yml",
          "toml",
          "conf",
          "properties",
          "mk",
          "pl",
          "r",
          "tf",
          "ini",
          "cfg",
          "cmake",
          "ps1",
          "ex",
          "exs",
          "jl",
          "nix");
  private static final Set<String> DASHES = Set.of("sql", "hs", "lua", "elm", "ada", "vhdl");
  private static final Set<String> DATAS = Set.of("json", "csv", "tsv", "lock", "map", "ipynb");
  private static final Set<String> HASH_NAMES =
      Set.of("makefile", "dockerfile", "containerfile", "jenkinsfile", "gemfile", "rakefile");

  static Language of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return HASH_NAMES.contains(name) ? HASH : PROSE;
    }
    String extension = name.substring(dot + 1);
    if (PROSES.contains(extension)) {
      return PROSE;
    }
    if (extension.equals("pdf")) {
      return PAGES;
    }
    if (HTMLS.contains(extension)) {
      return HTML;
    }
    if (MARKUPS.contains(extension)) {
      return MARKUP;
    }
    if (HASHES.contains(extension)) {
      return HASH;
    }
    if (DASHES.contains(extension)) {
      return DASH;
    }
    return DATAS.contains(extension) ? DATA : SLASH;
  }
}
