package io.nanoswarm.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word a mistyped one was meant to be. */
public final class Similar {
  private static final int MOST_EDITS = 2;

  private Similar() {}

  /** The nearest of the known words, if it is near. */
  public static Optional<String> to(String typed, Collection<String> known) {
    return known.stream()
        .filter(word -> edits(typed, word) <= Math.min(MOST_EDITS, word.length() / 2))
        .min(Comparator.comparingInt(word -> edits(typed, word)));
  }

  /** Letters to insert, delete, replace or swap with their neighbour. */
  private static int edits(String a, String b) {
    var cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + same, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
