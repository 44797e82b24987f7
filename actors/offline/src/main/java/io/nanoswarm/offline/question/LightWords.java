package io.nanoswarm.offline.question;

import java.util.HashSet;
import java.util.Set;

/** Words of a question that say little of what it is about. */
final class LightWords {
  private static final Set<String> NOTHING = section("# nothing");
  private static final Set<String> LITTLE = section("# little");
  private static final Set<String> EVERYDAY = section("# everyday");

  /** What a word counts that says little. */
  private static final double SHARE = 0.35;

  /** What a word counts that people use for anything. */
  private static final double EVERYDAY_SHARE = 0.6;

  private LightWords() {}

  /** 0 for a word without content, 1 for one with full. */
  static double importance(String word) {
    if (NOTHING.contains(word)) {
      return 0;
    }
    if (LITTLE.contains(word)) {
      return SHARE;
    }
    return EVERYDAY.contains(word) ? EVERYDAY_SHARE : 1;
  }

  private static Set<String> section(String title) {
    var words = new HashSet<String>();
    boolean inside = false;
    for (String line : WordList.lines("light-words.txt")) {
      if (line.startsWith("#")) {
        inside = line.equals(title);
      } else if (inside) {
        words.addAll(WordList.words(line));
      }
    }
    return words;
  }
}
