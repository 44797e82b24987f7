package io.nanoswarm.offline.answer;

import io.nanoswarm.offline.research.Finding;
import java.util.List;

/**
 * How far the evidence bears an answer, by what was found alone: how much of the question the best
 * place speaks of, how many files speak of most of it, what nothing speaks of, and whether places
 * disagree. What each level was worth for the questions of docs/answers.md is said there.
 */
enum Confidence {
  HIGH,
  FAIR,
  LOW;

  private static final double NEARLY_ALL = 0.75;
  private static final double MOST = 0.5;
  private static final int BEST = 3;

  static Confidence of(Answer.Inputs inputs) {
    double best = bestShare(inputs.findings());
    if (!inputs.uncovered().isEmpty() || best < MOST || inputs.reach() != Answer.Reach.ALL) {
      return LOW;
    }
    return best >= NEARLY_ALL && inputs.disagreements().isEmpty() ? HIGH : FAIR;
  }

  private static double bestShare(List<Finding> findings) {
    return findings.stream().limit(BEST).mapToDouble(Finding::share).max().orElse(0);
  }

  /** One line for people. */
  static String line(Answer.Inputs inputs) {
    long files =
        inputs.findings().stream()
            .filter(each -> each.share() >= MOST)
            .map(each -> each.evidence().path())
            .distinct()
            .count();
    return "_Confidence: %s. The best place speaks of %d %% of what was asked, by the weight of its words, and %s of more than half._"
        .formatted(
            of(inputs).text(),
            Math.round(100 * Math.min(1, bestShare(inputs.findings()))),
            files == 1 ? "1 file speaks" : files == 0 ? "none speaks" : files + " files speak");
  }

  String text() {
    return switch (this) {
      case HIGH -> "high";
      case FAIR -> "fair";
      case LOW -> "low";
    };
  }
}
