package io.nanoswarm.offline.embedding;

import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a file is about, short enough for a model: its folder and name, how its prose or comments
 * begin, and the names of its passages, all in words as people write them.
 */
final class FileSummary {
  /** Part of what vectors are kept under: raise it when the summary of a file changes. */
  static final String VERSION = "1";

  private static final int OPENING = 700;

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern MARKS = Pattern.compile("[-_/.]");

  private FileSummary() {}

  static String of(Source source) {
    List<Passage> passages = source.passages();
    String summary =
        "%s. %s %s".formatted(place(source.path()), opening(source, passages), names(passages));
    return BETWEEN_WORDS.matcher(summary).replaceAll(" ");
  }

  private static String place(String path) {
    int slash = path.lastIndexOf('/');
    int dot = path.lastIndexOf('.');
    String name = path.substring(slash + 1, dot > slash + 1 ? dot : path.length());
    String folder = slash < 0 ? "" : path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
    return MARKS.matcher(folder + " " + name).replaceAll(" ").strip();
  }

  private static String opening(Source source, List<Passage> passages) {
    var opening = new StringBuilder();
    for (Passage each : passages) {
      String prose = SPACE.matcher(source.prose(each.first(), each.last())).replaceAll(" ").strip();
      if (!prose.isEmpty()) {
        opening.append(prose).append(' ');
      }
      if (opening.length() > OPENING) {
        return opening.substring(0, OPENING);
      }
    }
    return opening.toString();
  }

  private static String names(List<Passage> passages) {
    var names = new LinkedHashSet<String>();
    passages.forEach(each -> names.add(each.name().substring(each.name().lastIndexOf('.') + 1)));
    return String.join(", ", names);
  }
}
