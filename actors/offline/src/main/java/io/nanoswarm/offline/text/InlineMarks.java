package io.nanoswarm.offline.text;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The marks of Markdown within a paragraph. A sentence that is taken out of one, or cut, may have
 * lost the partner of a mark: what is left of it says nothing, and would run on into what follows.
 */
final class InlineMarks {
  private static final Pattern LINK =
      Pattern.compile(
          "!?\\[([^\\[\\]]*)](?:\\(([^()]*(?:\\([^()]*\\)[^()]*)?)\\)|\\[([^\\[\\]]*)])");
  private static final Pattern TASK = Pattern.compile("^(\\W?)(?:\\[[ xX]]\\s+|\\[![A-Z]+]\\s*)");

  /** What may stand around marks, besides spaces; paths with wildcards are none. */
  private static final String BEFORE = "([{\"'\u201c\u2018\u2014\u2013-:";

  private static final String AFTER = ".,;:!?)]}\"'\u201d\u2019\u2014\u2013\u2026-";

  private InlineMarks() {}

  /** Links as their words: where they lead to is seen from their own file alone. */
  static String unlinked(String text, char kept) {
    return text.indexOf('[') < 0
        ? text
        : LINK.matcher(TASK.matcher(text).replaceFirst("$1"))
            .replaceAll(link -> Matcher.quoteReplacement(words(link, kept)));
  }

  /** With every {@code kept} that stood in what is left out. */
  private static String words(MatchResult link, char kept) {
    var words = new StringBuilder(link.group(1));
    String rest =
        Objects.requireNonNullElse(link.group(2), "")
            + Objects.requireNonNullElse(link.group(3), "");
    rest.chars().filter(each -> each == kept).forEach(_ -> words.append(kept));
    return words.toString();
  }

  /**
   * Without the marks whose partner is missing.
   *
   * @param emphasis whether single asterisks and underscores are marks, as they are in Markdown and
   *     seldom in the comments of a program
   */
  static String paired(String text, boolean emphasis) {
    var dropped = new BitSet();
    Map<String, Integer> open = new HashMap<>();
    int at = 0;
    while (at < text.length()) {
      String run = text.substring(at, at + length(text, at));
      int end = at + run.length();
      switch (run.charAt(0)) {
        case '`' -> {
          int partner = partner(text, run, end);
          if (partner < 0) {
            dropped.set(at, end);
          }
          end = partner < 0 ? end : partner + run.length();
        }
        case '*' -> {
          if (run.length() == 2 || (emphasis && run.length() <= 3)) {
            pair(text, at, run, open, dropped);
          }
        }
        case '_' -> {
          if (emphasis && run.length() <= 2) {
            pair(text, at, run, open, dropped);
          }
        }
        default -> {}
      }
      at = end;
    }
    open.forEach((run, first) -> dropped.set(first, first + run.length()));
    return dropped.isEmpty() ? text : without(text, dropped);
  }

  private static void pair(
      String text, int at, String run, Map<String, Integer> open, BitSet dropped) {
    boolean closes = closes(text, at, at + run.length());
    if (closes && open.remove(run) == null) {
      dropped.set(at, at + run.length());
    } else if (!closes && opens(text, at, at + run.length())) {
      Integer before = open.put(run, at);
      if (before != null) {
        dropped.set(before, before + run.length());
      }
    }
  }

  /** Of the run of one mark that begins here; of anything else, 1. */
  private static int length(String text, int at) {
    char mark = text.charAt(at);
    int end = at + 1;
    while ("`*_".indexOf(mark) >= 0 && end < text.length() && text.charAt(end) == mark) {
      end++;
    }
    return end - at;
  }

  /** Where the same run of backticks begins again, or -1. */
  private static int partner(String text, String run, int from) {
    for (int i = from; i < text.length(); i += length(text, i)) {
      if (text.charAt(i) == '`' && length(text, i) == run.length()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean opens(String text, int first, int end) {
    boolean begins =
        first == 0
            || Character.isWhitespace(text.charAt(first - 1))
            || BEFORE.indexOf(text.charAt(first - 1)) >= 0;
    return begins && end < text.length() && isWord(text.charAt(end));
  }

  private static boolean closes(String text, int first, int end) {
    boolean ends =
        end == text.length()
            || Character.isWhitespace(text.charAt(end))
            || AFTER.indexOf(text.charAt(end)) >= 0;
    return ends && first > 0 && isWord(text.charAt(first - 1));
  }

  private static boolean isWord(char c) {
    return !Character.isWhitespace(c) && c != '/' && c != '*';
  }

  private static String without(String text, BitSet dropped) {
    var left = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (!dropped.get(i)) {
        left.append(text.charAt(i));
      }
    }
    return left.toString().strip();
  }
}
