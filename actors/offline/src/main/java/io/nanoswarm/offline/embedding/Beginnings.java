package io.nanoswarm.offline.embedding;

import io.nanoswarm.offline.text.Source;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Of many files, those whose names and first words are nearest to a question in meaning: what is
 * worth a closer look, though it may have no word of it.
 */
public final class Beginnings {
  private final Embeddings embeddings;
  private final float[] question;
  private final Map<String, Double> cosines = new HashMap<>();

  Beginnings(Embeddings embeddings, float[] question) {
    this.embeddings = embeddings;
    this.question = question;
  }

  /**
   * Measures one more file if its first words were read before, whoever did it.
   *
   * @param sha256 of its content
   * @return false if it has to be read
   */
  public boolean addKnown(String path, String sha256) {
    Optional<float[]> kept = embeddings.keptFirstWords(path, sha256);
    kept.ifPresent(firstWords -> put(path, firstWords));
    return kept.isPresent();
  }

  /**
   * Measures one more file.
   *
   * @param sha256 of its content
   */
  public void add(Source source, String sha256) {
    put(source.path(), embeddings.firstWords(source, sha256));
  }

  private void put(String path, float[] firstWords) {
    cosines.put(path, Vectors.cosine(firstWords, question));
  }

  /** The paths of so many of them, nearest first. */
  public List<String> nearest(int count) {
    return cosines.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(count)
        .map(Map.Entry::getKey)
        .toList();
  }
}
