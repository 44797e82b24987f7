package io.nanoswarm.offline.embedding;

import java.util.Map;
import java.util.Optional;

/**
 * How near some sentences are to a question in meaning. Not kept on the machine: a sentence is
 * short.
 *
 * <p>Which sentence tells most of what is asked for shows beside the question's clauses; whether
 * any of them tells enough, beside the question as a whole. Cosines are -1 to 1, and the same on
 * the same kind of processor.
 */
public final class SentenceNearness {
  private final Map<String, Cosines> cosines;

  SentenceNearness(Map<String, Cosines> cosines) {
    this.cosines = Map.copyOf(cosines);
  }

  record Cosines(double toClauses, double toWhole) {}

  /**
   * What came of measuring.
   *
   * @param nearness empty if there is no model, or if it cannot be used
   * @param problem why it cannot be used, though it was added
   */
  public record Measured(Optional<SentenceNearness> nearness, Optional<String> problem) {
    public static final Measured NONE = new Measured(Optional.empty(), Optional.empty());
  }

  /**
   * The cosine of a sentence and the mean of the question's clauses.
   *
   * @throws IllegalArgumentException if that sentence was not measured
   */
  public double toClauses(String sentence) {
    return of(sentence).toClauses();
  }

  /**
   * The cosine of a sentence and the question.
   *
   * @throws IllegalArgumentException if that sentence was not measured
   */
  public double toWhole(String sentence) {
    return of(sentence).toWhole();
  }

  private Cosines of(String sentence) {
    Cosines measured = cosines.get(sentence);
    if (measured == null) {
      throw new IllegalArgumentException("not measured: " + sentence);
    }
    return measured;
  }
}
