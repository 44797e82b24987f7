package io.nanoswarm.offline.embedding;

import java.util.Map;
import java.util.Optional;

/**
 * How near some sentences are to a question in meaning. Not kept on the machine: a sentence is
 * short.
 */
public final class SentenceNearness {
  private final Map<String, Double> cosines;

  SentenceNearness(Map<String, Double> cosines) {
    this.cosines = Map.copyOf(cosines);
  }

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
   * The cosine of a sentence and the question, -1 to 1; the same on the same kind of processor.
   *
   * @throws IllegalArgumentException if that sentence was not measured
   */
  public double of(String sentence) {
    Double cosine = cosines.get(sentence);
    if (cosine == null) {
      throw new IllegalArgumentException("not measured: " + sentence);
    }
    return cosine;
  }
}
