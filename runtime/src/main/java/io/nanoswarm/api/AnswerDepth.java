package io.nanoswarm.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of what was found an answer tells. */
public enum AnswerDepth {
  /** What the question needs. */
  BRIEF,
  /** All that bears on the question; the same as {@link #BRIEF} where nobody wrote more. */
  FULL;

  /** Empty for a word that names none. */
  public static Optional<AnswerDepth> of(String word) {
    String name = word.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(depth -> depth.name().equals(name)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
