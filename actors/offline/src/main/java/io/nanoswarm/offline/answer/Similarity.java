package io.nanoswarm.offline.answer;

import io.nanoswarm.offline.text.Terms;
import java.util.HashSet;
import java.util.Set;

/** How much two sentences share. Pure. */
final class Similarity {
  private Similarity() {}

  static Set<String> terms(String sentence) {
    return new HashSet<>(Terms.of(sentence));
  }

  /** Jaccard's coefficient, 0 to 1. */
  static double of(Set<String> a, Set<String> b) {
    int both = 0;
    for (String term : a) {
      both += b.contains(term) ? 1 : 0;
    }
    int all = a.size() + b.size() - both;
    return all == 0 ? 0 : (double) both / all;
  }
}
