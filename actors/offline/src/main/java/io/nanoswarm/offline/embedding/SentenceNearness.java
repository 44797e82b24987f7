package io.nanoswarm.offline.embedding;

import java.util.HashMap;
import java.util.Map;

/** How near sentences are to one question in meaning. Not kept: a sentence is short. */
public final class SentenceNearness {
  private final EmbeddingModel model;
  private final float[] question;
  private final Map<String, Double> measured = new HashMap<>();

  SentenceNearness(EmbeddingModel model, String question) {
    this.model = model;
    this.question = model.embed(question);
  }

  /** The cosine of the two, -1 to 1; the same for the same sentence on the same machine. */
  public double of(String sentence) {
    return measured.computeIfAbsent(sentence, each -> Vectors.cosine(model.embed(each), question));
  }
}
