package io.nanoswarm.offline.search;

import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.text.Sentence;
import io.nanoswarm.offline.text.Terms;
import java.util.List;

/** How far one sentence answers a question. Pure. */
public final class SentenceMerit {
  private static final double NAME = 0.5;
  private static final double NEIGHBOURS = 0.2;
  private static final int SHORT = 5;
  private static final int LONG = 45;

  private SentenceMerit() {}

  /**
   * 0 to about 1.2: the share of the question it speaks of, what stands in the name above it
   * counting half, and more if words are neighbours as in the question. Fragments and very long
   * sentences count less.
   *
   * @param name the terms of the heading or declaration that it belongs to
   */
  public static double of(Coverage coverage, Sentence sentence, List<String> name) {
    List<String> terms = Terms.of(sentence.text());
    double[] covered = coverage.of(terms);
    double[] above = coverage.of(name);
    boolean any = false;
    for (int i = 0; i < covered.length; i++) {
      any |= covered[i] > 0;
      covered[i] = Math.max(covered[i], NAME * above[i]);
    }
    if (!any) {
      return 0;
    }
    double merit = coverage.share(covered) + NEIGHBOURS * coverage.neighbours(terms);
    return merit * fitness(terms.size());
  }

  private static double fitness(int terms) {
    if (terms < SHORT) {
      return 0.6;
    }
    return terms > LONG ? 0.6 : 1;
  }
}
