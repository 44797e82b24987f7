package io.nanoswarm.offline.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How central each of some sentences is among them: PageRank over their similarities (TextRank,
 * Mihalcea and Tarau 2004). Pure.
 */
final class TextRank {
  private static final double DAMPING = 0.85;
  private static final int ROUNDS = 30;

  private TextRank() {}

  /** One value for each sentence, 1 for the most central one. */
  static double[] of(List<Set<String>> sentences) {
    int n = sentences.size();
    var weights = new double[n][n];
    var outgoing = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        weights[i][j] = i == j ? 0 : Similarity.of(sentences.get(i), sentences.get(j));
        outgoing[i] += weights[i][j];
      }
    }
    var rank = new double[n];
    Arrays.fill(rank, 1);
    for (int round = 0; round < ROUNDS; round++) {
      var next = new double[n];
      for (int i = 0; i < n; i++) {
        double incoming = 0;
        for (int j = 0; j < n; j++) {
          incoming += outgoing[j] == 0 ? 0 : weights[j][i] / outgoing[j] * rank[j];
        }
        next[i] = 1 - DAMPING + DAMPING * incoming;
      }
      rank = next;
    }
    double most = Arrays.stream(rank).max().orElse(1);
    for (int i = 0; i < n; i++) {
      rank[i] /= most;
    }
    return rank;
  }
}
