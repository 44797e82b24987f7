package io.nanoswarm.offline.answer;

import io.nanoswarm.offline.question.QuestionKind;
import io.nanoswarm.offline.research.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether the places found answer the question, or are just what comes nearest to it. Pure.
 *
 * @param found whether they answer it
 * @param byWords whether their words say so
 * @param sentencesNear whether some sentence is near enough to be shown, though it may speak of
 *     something else; never of what is in another language than English, where all are near
 */
record Sufficiency(boolean found, boolean byWords, boolean sentencesNear) {
  /** A best finding of less merit is no answer, but what comes nearest to one. */
  private static final double LEAST_SCORE = 0.31;

  /** If a word stands nowhere, one of the best findings must speak of so much of all. */
  private static final double LEAST_SHARE = 0.65;

  private static final int DECIDING = 3;

  /**
   * A sentence so near answers, though its words are others; see docs/answers.md. That is so of
   * English: texts in languages that a model was not trained on are all near each other.
   */
  private static final double SURELY_NEAR = 0.6;

  /** If no sentence is nearer, the words of the question just happen to stand there... */
  private static final double HARDLY_NEAR = 0.4;

  /** ... unless a place has so much of them. */
  private static final double NEARLY_ALL = 0.75;

  static Sufficiency of(Answer.Inputs inputs) {
    List<Finding> best = bestByWords(inputs);
    boolean byWords = speaksOfIt(inputs, best);
    if (isAnsweredByStructure(inputs)) {
      return new Sufficiency(true, byWords, false);
    }
    OptionalDouble nearest =
        inputs.meaning().stream()
            .flatMapToDouble(each ->
                Statements.nearest(inputs.findings(), inputs.sources(), each::toWhole).stream())
            .findFirst();
    if (nearest.isEmpty() || !inputs.coverage().question().isEnglish()) {
      return new Sufficiency(byWords, byWords, false);
    }
    double near = nearest.getAsDouble();
    boolean nearlyAll = best.stream().anyMatch(each -> each.share() >= NEARLY_ALL);
    boolean found = near >= SURELY_NEAR || ((near >= HARDLY_NEAR || nearlyAll) && byWords);
    return new Sufficiency(found, byWords, near >= HARDLY_NEAR);
  }

  private static boolean isAnsweredByStructure(Answer.Inputs inputs) {
    return inputs.coverage().question().kind() == QuestionKind.OVERVIEW
        && inputs.surroundings().structure().filter(each -> each.files() > 0).isPresent();
  }

  private static boolean speaksOfIt(Answer.Inputs inputs, List<Finding> best) {
    return !best.isEmpty()
        && best.getFirst().byWords() >= LEAST_SCORE
        && (inputs.uncovered().isEmpty()
            || best.stream().anyMatch(each -> each.share() >= LEAST_SHARE));
  }

  /** Whatever is asked, some file is nearest in meaning: that tells of no answer. */
  private static List<Finding> bestByWords(Answer.Inputs inputs) {
    return inputs.findings().stream()
        .filter(each -> inputs.coverage().mainWords().stream().anyMatch(each.words()::contains))
        .sorted(Comparator.comparingDouble(Finding::byWords).reversed())
        .limit(DECIDING)
        .toList();
  }
}
