package io.nanoswarm.offline.question;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an answer sounds like, by how the question is asked: an event is answered by what follows, a
 * reason by a because, a way by its means.
 */
public enum AnswerCues {
  EVENT(
      "what happens|what if|what becomes|what will happen",
      "then|again|anew|restarts?|restarted|retried|retries|retry|followed|offered|fails?|throws|returns?|becomes|instead|no"
          + " longer|until|taken over|over"),
  REASON("why|what for|reason", "because|since|so that|in order to|otherwise|to avoid|prevents?"),
  WAY("how", "by|using|via|uses|first|each|through|when|into|with|instead"),
  ANY("", "");

  private final Pattern question;
  private final Pattern answer;

  AnswerCues(String question, String answer) {
    this.question = Pattern.compile("\\b(?:" + question + ")\\b");
    this.answer = Pattern.compile("\\b(?:" + answer + ")\\b");
  }

  static AnswerCues of(String goal) {
    String lower = goal.toLowerCase(Locale.ROOT);
    return List.of(EVENT, REASON, WAY).stream()
        .filter(each -> each.question.matcher(lower).find())
        .findFirst()
        .orElse(ANY);
  }

  /** Whether a sentence sounds like an answer. */
  public boolean soundIn(String sentence) {
    return this != ANY && answer.matcher(sentence.toLowerCase(Locale.ROOT)).find();
  }
}
