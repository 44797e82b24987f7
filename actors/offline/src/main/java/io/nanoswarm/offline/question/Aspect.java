package io.nanoswarm.offline.question;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One word of a question, and the terms by which a text may speak of it.
 *
 * @param word as the user wrote it
 * @param importance 0 to 1: how much the word says about what is asked for
 * @param terms the word's own first
 */
public record Aspect(String word, double importance, List<Term> terms) {

  private static final Pattern IDENTIFIER =
      Pattern.compile("\\p{Ll}\\p{Lu}|\\p{Lu}\\p{Lu}\\p{Ll}|_|\\p{L}\\.\\p{L}");

  /**
   * @param text as it stands in an index
   * @param closeness 1 for the word itself, less for a part of it or a synonym
   */
  public record Term(String text, double closeness) {}

  public Aspect {
    terms = List.copyOf(terms);
  }

  /** The same with one more term; nothing changes if it is there already. */
  Aspect with(String term, double closeness) {
    if (closeness(term) > 0) {
      return this;
    }
    var more = new ArrayList<>(terms);
    more.add(new Term(term, closeness));
    return new Aspect(word, importance, more);
  }

  /** Whether the word is a name as code has it: {@code HashMap}, {@code max_size}. */
  public boolean isIdentifier() {
    return IDENTIFIER.matcher(word).find();
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
