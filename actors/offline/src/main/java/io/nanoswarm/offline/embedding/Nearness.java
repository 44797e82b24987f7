package io.nanoswarm.offline.embedding;

import io.nanoswarm.offline.text.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How near some files are to a question in meaning, beside each other: as wholes, by their
 * summaries, and where they come nearest, by the pieces of how they begin.
 *
 * <p>How large a cosine is depends on how a question is worded, and says little by itself; which
 * files stand out among those that speak of the question says more.
 */
public final class Nearness {
  private final Embeddings embeddings;
  private final float[] question;
  private final Map<String, Double> sums = new LinkedHashMap<>();

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
    double nearestPiece =
        embeddings.pieces(source, sha256).stream()
            .mapToDouble(piece -> Vectors.cosine(piece, question))
            .max()
            .orElseThrow();
    sums.put(
        source.path(), Vectors.cosine(embeddings.summary(source, sha256), question) + nearestPiece);
  }

  /**
   * 1 for the nearest file, 0 for those that are no nearer than half of them. Of one or two files
   * none stands out: 0 for both.
   */
  public Map<String, Double> scaled() {
    double[] sorted = sums.values().stream().mapToDouble(each -> each).sorted().toArray();
    var scaled = new LinkedHashMap<String, Double>();
    if (sorted.length > 0) {
      double usual = sorted[sorted.length / 2];
      double range = sorted[sorted.length - 1] - usual;
      sums.forEach(
          (path, sum) -> scaled.put(path, range == 0 ? 0 : Math.max(0, (sum - usual) / range)));
    }
    return scaled;
  }
}
