package io.nanoswarm.offline.search;

import io.nanoswarm.offline.question.Aspect;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.text.Sentence;
import io.nanoswarm.offline.text.Terms;
import java.util.List;

/** How far the sentences of one passage answer a question. Pure. */
public final class SentenceMerit {
  private static final double NAME = 0.5;
  private static final double CONTEXT = 0.3;
  private static final double NEIGHBOURS = 0.2;
  private static final double CUE = 0.15;
  private static final int SHORT = 5;
  private static final int LONG = 45;

  private final Coverage coverage;
  private final double[] above;
  private final double[] around;

  /**
   * @param path of the file
   * @param name the heading or declaration that the passage belongs to
   * @param around how closely the passage as a whole speaks of each word of the question
   */
  public SentenceMerit(Coverage coverage, String path, String name, double[] around) {
    this.coverage = coverage;
    this.above = coverage.of(Terms.of(name));
    double[] home = coverage.of(Terms.of(name + " " + PassageFields.place(path)));
    for (int i = 0; i < above.length; i++) {
      Aspect aspect = coverage.question().aspects().get(i);
      boolean atHome = aspect.isIdentifier() || coverage.question().compares(aspect);
      above[i] = atHome ? home[i] : NAME * above[i];
    }
    this.around = around.clone();
  }

  /**
   * 0 to about 1.3: the share of the question it speaks of, where what the name above it says
   * counts half and what the rest of the passage says a third, and what is said in the home of an
   * identifier is said of it; more if words are neighbours as in the question, or it sounds like an
   * answer. Fragments and very long sentences count less.
   */
  public double of(Sentence sentence) {
    List<String> terms = Terms.of(sentence.text());
    double[] covered = coverage.of(terms);
    boolean any = false;
    for (int i = 0; i < covered.length; i++) {
      any |= covered[i] > 0;
      covered[i] = Math.max(covered[i], Math.max(above[i], CONTEXT * around[i]));
    }
    if (!any) {
      return 0;
    }
    double cue = coverage.question().kind().soundIn(sentence.text()) ? CUE : 0;
    double merit = coverage.share(covered) + NEIGHBOURS * coverage.neighbours(terms) + cue;
    return merit * fitness(terms.size()) * (isParameter(sentence) ? 0.75 : 1);
  }

  private static double fitness(int terms) {
    if (terms < SHORT) {
      return 0.6;
    }
    return terms > LONG ? 0.6 : 1;
  }

  /** What is said of a parameter seldom answers more than what the parameter is. */
  private static boolean isParameter(Sentence sentence) {
    return sentence.text().startsWith("`") && sentence.text().contains("`: ");
  }
}
