package io.nanoswarm.session;

/**
 * What the user asked for.
 *
 * @param text the request in the user's words, 1 to 8192 characters after trimming
 */
public record Goal(String text) {
  static final int MAX_LENGTH = 8192;

  public Goal {
    text = text.strip();
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "goal: %d characters (expected: 1 to %d)".formatted(text.length(), MAX_LENGTH));
    }
  }
}
