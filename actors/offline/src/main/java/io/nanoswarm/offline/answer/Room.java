package io.nanoswarm.offline.answer;

import java.nio.charset.StandardCharsets;

/**
 * What one part of an answer may take of an entry, in bytes of UTF-8.
 *
 * <p>Guarantees: what was taken is never more than there was. What comes after something that did
 * not fit does not fit either, so that a part is cut off at one point.
 */
final class Room {
  private int left;
  private boolean full;

  Room(int bytes) {
    this.left = bytes;
  }

  /** Whether a text still fits; then its room is taken. */
  boolean takes(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    full |= bytes > left;
    left -= full ? 0 : bytes;
    return !full;
  }

  /** Whether something did not fit. */
  boolean isFull() {
    return full;
  }
}
