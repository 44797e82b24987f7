package io.nanoswarm.offline.question;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What kind of answer is asked for, by how the question is asked; and what such an answer sounds
 * like: an event is answered by what follows, a reason by a because, a way by its means, an amount
 * (the numeric classes of Li and Roth 2002) by a number.
 *
 * <p>The first kind that fits is the kind; what fits none is {@link #ANY}.
 */
public enum QuestionKind {
  COMPARISON(
      "compare|compared|versus|vs|differences? between|differs?|differ from|better than",
      "whereas|while|instead|unlike|than|both|only|but|neither|either|provides|is an?",
      "compared?|versus|vs|differences?|differs?|different|better"),
  EVENT(
      "what happens|what if|what becomes|what will happen|what would happen",
      "then|again|anew|restarts?|restarted|retried|retries|retry|followed|offered|fails?|throws|returns?|becomes|instead|no"
          + " longer|until|taken over|over"),
  FIGURES(
      "how (?:many|much|big|large|long)(?: \\w+){0,3}"
          + " (?:files?|class(?:es)?|methods?|functions?|modules?|packages?|tests?|commits?|authors?"
          + "|people|languages?|code|sources?|folder|repo(?:sitory)?|project|codebase)|how"
          + " (?:big|large) is (?:this|it)|how often (?:\\w+ ){0,4}(?:changed|edited|touched)|who"
          + " (?:wrote|knows|maintains|owns|changed)|largest|biggest|longest|most (?:often"
          + " )?changed|most complex|churn|lines of code",
      ""),
  STRUCTURE(
      "depends? (?:up)?on|dependenc(?:y|ies)|architecture|entry"
          + " points?|cycles?|layers|(?:what|who|which \\w+) (?:uses?|calls?|imports?|talks?"
          + " to)|fit together|hangs? together|organi[sz]ed|structured?",
      "uses|depends|calls|imports|through|between|owns|holds"),
  SETTING(
      "settings?|configur\\w+|(?:which|what)"
          + " (?:option|flag|propert(?:y|ies)|key|parameter|environment variable)s?|default"
          + " (?:value|size|limit|timeout|number)|how (?:can|do) (?:i|we|you)"
          + " (?:set|change|turn|limit|enable|disable)",
      "default|defaults|set|sets|option|property|configure[sd]?|key|flag|enable[sd]?|disable[sd]?"),
  OVERVIEW(
      "overview|summar(?:y|i[sz]e)|introduction|get(?:ting)? started|what is"
          + " (?:this|it|here)\\b|what does (?:this|it|the)"
          + " (?:project|repo|repository|program|folder|library|tool)?\\s*do|about\\?*$",
      "is an?|are|provides?|lets?|runs|for"),
  REASON("why|what for|reason", "because|since|so that|in order to|otherwise|to avoid|prevents?"),
  AMOUNT(
      "how (?:long|often|soon|quickly|fast|many|much|big|large|high)|(?:maximum|minimum)"
          + " (?:size|number|length|time)",
      "\\d[\\d.,_]*|once|twice|two|three|four|five|six|seven|eight|nine|ten|twenty|hundreds?"
          + "|thousands?|at most|maximum|unlimited|never|forever",
      "long|often|soon|quickly|fast|many|much|big|large|high|lasts?|takes?|times"),
  PLACE("where|which (?:file|class|package|module|folder|function|method)", ""),
  WAY("how", "by|using|via|uses|first|each|through|when|into|with|instead"),
  ANY("", "");

  /** Matches no text at all. */
  private static final String NOTHING = "(?!)";

  private final Pattern question;
  private final Pattern answer;
  private final Pattern asking;

  QuestionKind(String question, String answer) {
    this(question, answer, "");
  }

  /**
   * @param asking what only asks, and is not looked for
   */
  QuestionKind(String question, String answer, String asking) {
    this.question = Pattern.compile("\\b(?:" + orNothing(question) + ")(?!\\w)");
    this.answer = Pattern.compile("\\b(?:" + orNothing(answer) + ")\\b");
    this.asking = Pattern.compile(orNothing(asking));
  }

  private static String orNothing(String words) {
    return words.isEmpty() ? NOTHING : words;
  }

  static QuestionKind of(String goal) {
    String lower = goal.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each.question.matcher(lower).find())
        .findFirst()
        .orElse(ANY);
  }

  /**
   * Whether a word, in lower case, only asks, and says nothing of what is asked for: what two
   * things have to do with each other is said without the word difference, and how long something
   * lasts without either.
   */
  boolean asksBy(String word) {
    return asking.matcher(word).matches();
  }

  /** Whether a sentence sounds like an answer. */
  public boolean soundIn(String sentence) {
    return answer.matcher(sentence.toLowerCase(Locale.ROOT)).find();
  }
}
