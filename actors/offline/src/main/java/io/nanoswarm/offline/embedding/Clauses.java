package io.nanoswarm.offline.embedding;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a question is made of. A model that was trained on short sentences gets less from a long
 * question as a whole than from its clauses, one by one.
 */
final class Clauses {
  /** One of fewer words says nothing by itself. */
  private static final int LEAST_WORDS = 3;

  private static final Pattern ENDS = Pattern.compile("[?:;,.!](?=\\s|$)|\\s(?=and\\s)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private Clauses() {}

  /** In their order; the question itself if there are none. */
  static List<String> of(String question) {
    List<String> clauses =
        ENDS.splitAsStream(question)
            .map(String::strip)
            .filter(each -> BLANKS.split(each).length >= LEAST_WORDS)
            .toList();
    return clauses.isEmpty() ? List.of(question) : clauses;
  }
}
