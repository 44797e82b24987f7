package io.nanoswarm.cli;

import io.nanoswarm.client.UserError;
import java.util.List;
import java.util.stream.Collectors;

/** A question as it was typed, checked as far as it can be without a node. */
final class QuestionText {
  private static final int LONGEST = 8192;

  private QuestionText() {}

  /**
   * @param words as the shell has cut them: one, if the question was quoted
   * @param example a command that asks
   */
  static String of(List<String> words, String example) {
    if (words.isEmpty()) {
      throw UserError.usage("no question", "ask one: `%s`".formatted(example));
    }
    if (words.size() > 1) {
      throw UserError.usage(
          "the question is one argument, but there are " + words.size() + ": " + quoted(words),
          "put the question in quotes, as in `%s`".formatted(example));
    }
    var question = words.getFirst().strip();
    if (question.isEmpty()) {
      throw UserError.usage("the question is empty", "write it between the quotes");
    }
    if (question.length() > LONGEST) {
      throw UserError.usage(
          "the question has %d characters (at most %d)".formatted(question.length(), LONGEST),
          "put what it is about into a file of the workspace, and ask for that");
    }
    return question;
  }

  private static String quoted(List<String> words) {
    return words.stream().limit(4).map(word -> "'" + word + "'").collect(Collectors.joining(" "))
        + (words.size() > 4 ? " …" : "");
  }
}
