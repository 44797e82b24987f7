package io.nanoswarm.offline.evaluation;

import io.nanoswarm.offline.evaluation.ExpertQuestion.Half;
import io.nanoswarm.offline.evaluation.ExpertQuestion.Kind;
import java.util.List;

/** The questions of one half that were not answered as an expert would, and what was cited. */
final class Misses {
  private static final int SHOWN = 10;

  private Misses() {}

  static String of(List<Result> results, Half half) {
    var text = new StringBuilder();
    results.stream()
        .filter(each -> each.question().half() == half)
        .filter(each -> !isGood(each))
        .forEach(each -> write(each, text));
    return text.toString();
  }

  private static boolean isGood(Result result) {
    Citations citations = result.citations();
    return result.question().kind() == Kind.UNANSWERABLE
        ? !citations.found()
        : citations.answer().containsAll(result.question().files()) && result.recall(1) > 0;
  }

  private static void write(Result result, StringBuilder text) {
    ExpertQuestion question = result.question();
    text.append("%s (%s) %s%n".formatted(question.id(), question.kind().label(), question.text()));
    for (String file : question.files()) {
      text.append(
          "  expected %s: cited as number %s, by the baseline as %s%n"
              .formatted(file, number(result.rank(file)), number(result.baselineRank(file))));
    }
    List<String> cited = result.citations().all().stream().limit(SHOWN).toList();
    text.append("  cited %s%n%n".formatted(cited.isEmpty() ? "none" : String.join(", ", cited)));
  }

  private static String number(int rank) {
    return rank == 0 ? "none" : Integer.toString(rank);
  }
}
