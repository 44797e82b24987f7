package io.nanoswarm.offline.text;

import java.util.regex.Pattern;

/** Takes the marks of comments and of Javadoc off a line, and leaves what it says. */
final class CommentMarks {
  private static final Pattern OPENING = Pattern.compile("^(/\\*+|\\*+|/{2,}!?|#+!?|--+|<!--)\\s?");
  private static final Pattern CLOSING = Pattern.compile("\\s*(\\*+/|-->)$");
  private static final Pattern CODE = Pattern.compile("\\{@(?:code|literal|value)\\s+([^{}]*)}");
  private static final Pattern LINK =
      Pattern.compile("\\{@link(?:plain)?\\s+(?:[^\\s{}]*[#/])?([^\\s{}()]+)(\\([^)]*\\))?}");
  private static final Pattern LABELLED =
      Pattern.compile("\\{@link(?:plain)?\\s+[^\\s{}()]+(?:\\([^)]*\\))?\\s+([^{}]*)}");

  private CommentMarks() {}

  static String strip(String comment) {
    String text = CLOSING.matcher(OPENING.matcher(comment).replaceFirst("")).replaceFirst("");
    return text.indexOf('{') < 0 ? text.strip() : inline(text).strip();
  }

  private static String inline(String text) {
    String result = LABELLED.matcher(text).replaceAll("$1");
    result = LINK.matcher(result).replaceAll("`$1`");
    return CODE.matcher(result).replaceAll("`$1`");
  }
}
