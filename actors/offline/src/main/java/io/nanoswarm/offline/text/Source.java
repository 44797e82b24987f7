package io.nanoswarm.offline.text;

import java.util.List;

/** A file by its structure. Pure: the same lines give the same passages and sentences. */
public final class Source {
  /** Part of every index's name: raise it when the lines or passages of a file change. */
  public static final String VERSION = "4";

  private final String path;
  private final Language language;
  private final List<Line> lines;

  private Source(String path, Language language, List<Line> lines) {
    this.path = path;
    this.language = language;
    this.lines = lines;
  }

  /**
   * @param path tells the language by its extension
   * @param lines without line ends
   */
  public static Source of(String path, List<String> lines) {
    Language language = Language.of(path);
    return new Source(path, language, Lines.of(language, lines));
  }

  public String path() {
    return path;
  }

  /** The passages of the file by line; what nobody would search for is in none. */
  public List<Passage> passages() {
    return PassageCutter.cut(path, lines);
  }

  /** The sentences that begin in a stretch of lines, whole, from comments and prose. */
  public List<Sentence> sentences(int first, int last) {
    return Sentences.in(lines, first, Math.min(last, lines.size()), language == Language.PROSE);
  }

  /** The lines as they stand in the file, joined by line feeds. */
  public String text(int first, int last) {
    return String.join("\n", lines.subList(first - 1, last).stream().map(Line::text).toList());
  }

  /** What a stretch says to people, comments and prose alone. */
  public String prose(int first, int last) {
    return String.join(
        "\n",
        lines.subList(first - 1, last).stream()
            .map(line -> line.kind() == Line.Kind.CODE ? "" : line.prose())
            .toList());
  }

  /** What a stretch says to the machine; in a file of prose, its examples. */
  public String code(int first, int last) {
    return String.join(
        "\n",
        lines.subList(first - 1, last).stream()
            .filter(line -> line.kind() == Line.Kind.CODE)
            .map(line -> language == Language.HTML ? line.prose() : line.text())
            .toList());
  }
}
