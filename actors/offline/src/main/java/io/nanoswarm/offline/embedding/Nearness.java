package io.nanoswarm.offline.embedding;

import io.nanoswarm.offline.text.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How near some files are to a question in meaning, beside each other.
 *
 * <p>How large a cosine is depends on how a question is worded, and says little by itself; which
 * files stand out among those that speak of the question says more.
 */
public final class Nearness {
  private final Embeddings embeddings;
  private final float[] question;
  private final Map<String, Double> cosines = new LinkedHashMap<>();

  Nearness(Embeddings embeddings, float[] question) {
    this.embeddings = embeddings;
    this.question = question;
  }

  /**
   * Measures one more file.
   *
   * @param sha256 of its content
   */
  public void add(Source source, String sha256) {
    cosines.put(source.path(), Vectors.cosine(embeddings.vector(source, sha256), question));
  }

  /**
   * 1 for the nearest file, 0 for those that are no nearer than half of them. Of one or two files
   * none stands out: 0 for both.
   */
  public Map<String, Double> scaled() {
    double[] sorted = cosines.values().stream().mapToDouble(each -> each).sorted().toArray();
    var scaled = new LinkedHashMap<String, Double>();
    if (sorted.length > 0) {
      double usual = sorted[sorted.length / 2];
      double range = sorted[sorted.length - 1] - usual;
      cosines.forEach((path, cosine) ->
          scaled.put(path, range == 0 ? 0 : Math.max(0, (cosine - usual) / range)));
    }
    return scaled;
  }
}
