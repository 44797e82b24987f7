package io.nanoswarm.offline.question;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether a goal speaks of what was asked before it, and what it takes from there. */
final class Reference {
  /** Words of full weight of which a goal can stand alone. */
  private static final int ENOUGH = 2;

  /** What a word counts that the goal itself does not have. */
  private static final double SHARE = 0.5;

  private static final Pattern OPENING =
      Pattern.compile(
          "\\s*(and|also|but|then|so|what about|how about|it|its|that|this|those|these|they)\\b.*",
          Pattern.DOTALL);

  private Reference() {}

  /**
   * @param own the goal without regard to what was asked before
   */
  static boolean refersBack(String goal, Question own) {
    long full = own.aspects().stream().filter(aspect -> aspect.importance() == 1).count();
    return full < ENOUGH || OPENING.matcher(goal.toLowerCase(Locale.ROOT)).matches();
  }

  /** With the words of the question before, which count less than its own if it has any. */
  static Question carried(Question own, Question before) {
    var byTerm = new LinkedHashMap<String, Aspect>();
    own.aspects().forEach(aspect -> byTerm.put(term(aspect), aspect));
    double share = own.aspects().isEmpty() ? 1 : SHARE;
    for (Aspect aspect : before.aspects()) {
      if (byTerm.size() < Question.MAX_ASPECTS) {
        byTerm.putIfAbsent(
            term(aspect), new Aspect(aspect.word(), share * aspect.importance(), aspect.terms()));
      }
    }
    return new Question(
        own.text() + "\n" + before.text(),
        new ArrayList<>(byTerm.values()),
        own.neighbours(),
        own.kind());
  }

  private static String term(Aspect aspect) {
    return aspect.terms().getFirst().text();
  }
}
