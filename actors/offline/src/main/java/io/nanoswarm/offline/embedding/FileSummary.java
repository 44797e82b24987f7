package io.nanoswarm.offline.embedding;

import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a file is about, short enough for a model: its folder and name, how its prose or comments
 * begin, and the names of its passages, all in words as people write them. A model that reads much
 * at once remembers little of each sentence, so that there are shorter forms too.
 */
final class FileSummary {
  /** Part of what vectors are kept under: raise it when what is made of a file changes. */
  static final String VERSION = "1";

  // In characters of prose or comments.
  private static final int OPENING = 700;
  private static final int FIRST_WORDS = 220;
  private static final int IN_PIECES = 900;
  private static final int PIECE = 300;

  /** So much less than a piece that what is cut in one stands whole in another. */
  private static final int NEXT_PIECE = 225;

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
  private static final Pattern MARKS = Pattern.compile("[-_/.]");

  private FileSummary() {}

  static String of(Source source) {
    List<Passage> passages = source.passages();
    return inWords(
        "%s %s. %s %s"
            .formatted(
                folder(source.path()),
                name(source.path()),
                opening(source, OPENING),
                names(passages)));
  }

  /** Its name and first words, which a model reads in a fifth of the time. */
  static String firstWords(Source source) {
    return piece(source, opening(source, FIRST_WORDS));
  }

  /** How it begins, in pieces that overlap, each with its name; its name at least. */
  static List<String> pieces(Source source) {
    String opening = opening(source, IN_PIECES);
    var pieces = new ArrayList<String>();
    for (int from = 0;
        from == 0 || from + PIECE - NEXT_PIECE < opening.length();
        from += NEXT_PIECE) {
      pieces.add(piece(source, opening.substring(from, Math.min(opening.length(), from + PIECE))));
    }
    return pieces;
  }

  private static String piece(Source source, String text) {
    return inWords("%s. %s".formatted(name(source.path()), text));
  }

  private static String inWords(String text) {
    return BETWEEN_WORDS.matcher(text).replaceAll(" ").strip();
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    String folder = slash < 0 ? "" : path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
    return MARKS.matcher(folder).replaceAll(" ");
  }

  private static String name(String path) {
    int slash = path.lastIndexOf('/');
    int dot = path.lastIndexOf('.');
    String name = path.substring(slash + 1, dot > slash + 1 ? dot : path.length());
    return MARKS.matcher(name).replaceAll(" ").strip();
  }

  private static String opening(Source source, int length) {
    var opening = new StringBuilder();
    for (Passage each : source.passages()) {
      String prose = SPACE.matcher(source.prose(each.first(), each.last())).replaceAll(" ").strip();
      if (!prose.isEmpty()) {
        opening.append(prose).append(' ');
      }
      if (opening.length() > length) {
        return opening.substring(0, length);
      }
    }
    return opening.toString().strip();
  }

  private static String names(List<Passage> passages) {
    var names = new LinkedHashSet<String>();
    passages.forEach(each -> names.add(each.name().substring(each.name().lastIndexOf('.') + 1)));
    return String.join(", ", names);
  }
}
