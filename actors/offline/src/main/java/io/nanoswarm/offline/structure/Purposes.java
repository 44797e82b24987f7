package io.nanoswarm.offline.structure;

import io.nanoswarm.offline.structure.Structure.Place;
import io.nanoswarm.offline.text.Sentence;
import io.nanoswarm.offline.text.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a module says of itself, in its build file, its read-me or the comment of its package. */
final class Purposes {
  private static final List<Described> BUILDS =
      List.of(
          new Described("pom.xml", Pattern.compile("^\\s{0,4}<description>([^<]+)</description>")),
          new Described(
              "package.json", Pattern.compile("^\\s*\"description\"\\s*:\\s*\"([^\"]+)\"")),
          new Described("Cargo.toml", Pattern.compile("^description\\s*=\\s*\"([^\"]+)\"")),
          new Described("pyproject.toml", Pattern.compile("^description\\s*=\\s*\"([^\"]+)\"")));
  private static final List<String> DOCUMENTS =
      List.of(
          "README.md",
          "ReadMe.md",
          "readme.md",
          "README",
          "README.rst",
          "index.md",
          "package-info.java",
          "module-info.java",
          "__init__.py",
          "src/lib.rs",
          "lib.rs",
          "mod.rs",
          "doc.go");
  private static final int FIRST_LINES = 60;
  private static final int SHORTEST = 15;

  private record Described(String file, Pattern pattern) {}

  /** A sentence and where it begins. */
  record Purpose(String sentence, Place at) {}

  private Purposes() {}

  /**
   * @param paths of the workspace
   * @param content reads one of them; empty if it cannot be read
   */
  static Optional<Purpose> of(
      String module, Set<String> paths, Function<String, List<String>> content) {
    String prefix = module.equals(".") ? "" : module + "/";
    for (Described each : BUILDS) {
      String path = prefix + each.file();
      if (paths.contains(path)) {
        Optional<Purpose> said = described(path, content.apply(path), each.pattern());
        if (said.isPresent()) {
          return said;
        }
      }
    }
    for (String name : DOCUMENTS) {
      String path = prefix + name;
      if (paths.contains(path)) {
        Optional<Purpose> said = firstSentence(path, content.apply(path));
        if (said.isPresent()) {
          return said;
        }
      }
    }
    return Optional.empty();
  }

  /** Badges, titles and licences do not. */
  private static boolean saysSomething(String sentence) {
    String lower = sentence.toLowerCase(Locale.ROOT);
    return sentence.length() >= SHORTEST
        && sentence.indexOf(' ') > 0
        && !sentence.startsWith("[")
        && !sentence.startsWith("!")
        && !lower.startsWith("permission ")
        && !lower.contains("copyright")
        && !lower.contains("licensed under");
  }

  private static Optional<Purpose> described(String path, List<String> lines, Pattern pattern) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher matcher = pattern.matcher(lines.get(i));
      if (matcher.find()) {
        return Optional.of(new Purpose(matcher.group(1).strip(), new Place(path, i + 1)));
      }
    }
    return Optional.empty();
  }

  private static Optional<Purpose> firstSentence(String path, List<String> lines) {
    return Source.of(path, lines).sentences(1, FIRST_LINES).stream()
        .filter(each -> each.line() <= lines.size() && saysSomething(each.text()))
        .findFirst()
        .map((Sentence each) -> new Purpose(each.text(), new Place(path, each.line())));
  }
}
