package io.nanoswarm.offline.question;

import java.util.List;

/**
 * One word of a question, and the terms by which a text may speak of it.
 *
 * @param word as the user wrote it
 * @param importance 0 to 1: how much the word says about what is asked for
 * @param terms the word's own first
 */
public record Aspect(String word, double importance, List<Term> terms) {

  /**
   * @param text as it stands in an index
   * @param closeness 1 for the word itself, less for a part of it or a synonym
   */
  public record Term(String text, double closeness) {}

  public Aspect {
    terms = List.copyOf(terms);
  }

  /** How closely a term speaks of this, 0 if it does not. */
  public double closeness(String term) {
    for (Term each : terms) {
      if (each.text().equals(term)) {
        return each.closeness();
      }
    }
    return 0;
  }
}
