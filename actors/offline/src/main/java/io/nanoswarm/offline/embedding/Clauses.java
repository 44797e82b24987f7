package io.nanoswarm.offline.embedding;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a question is made of. A model that was trained on short sentences gets less from a long
 * question as a whole than from its clauses, one by one.
 */
final class Clauses {
  /**
   * One of fewer words says little by itself: it stays with the one before, the first with the
   * next.
   */
  private static final int LEAST_WORDS = 3;

  /** Of more, such as of a log that was pasted, the last ones are read: a question comes last. */
  static final int MOST = 16;

  private static final Pattern END =
      Pattern.compile(
          "(?<=[\\p{L}\\p{N}][\"')\\]]?)(?<!\\b(?:e\\.g|i\\.e|vs|etc|cf))[?:;,.!]+[\"')\\]]*\\s+|\\s+(?=and\\s)");

  private static final Pattern LAST = Pattern.compile("[?:;,.!]+$");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private Clauses() {}

  /** At least one; in their order, and with all that was asked unless there are too many. */
  static List<String> of(String question) {
    var clauses = new ArrayList<String>();
    var clause = new StringBuilder();
    var ends = END.matcher(question);
    int from = 0;
    while (ends.find()) {
      clause.append(question, from, ends.end());
      from = ends.end();
      if (isLong(clause) && isLong(question.substring(from))) {
        clauses.add(withoutEnd(clause));
        clause.setLength(0);
      }
    }
    clauses.add(withoutEnd(clause.append(question, from, question.length())));
    return clauses.subList(Math.max(0, clauses.size() - MOST), clauses.size());
  }

  private static String withoutEnd(CharSequence clause) {
    return LAST.matcher(clause.toString().strip()).replaceAll("");
  }

  private static boolean isLong(CharSequence text) {
    return BLANKS.split(text.toString().strip(), LEAST_WORDS).length == LEAST_WORDS;
  }
}
