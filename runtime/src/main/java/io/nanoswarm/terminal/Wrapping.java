package io.nanoswarm.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** Breaks styled text into lines between its words. */
final class Wrapping {
  private Wrapping() {}

  /**
   * @param indent of every line but the first, in columns
   */
  static List<AttributedString> wrap(AttributedString text, int width, int indent) {
    return wrap(text, width, AttributedString.EMPTY, new AttributedString(" ".repeat(indent)));
  }

  /** A word wider than a line is broken where the line ends. */
  static List<AttributedString> wrap(
      AttributedString text, int width, AttributedString first, AttributedString following) {
    var lines = new ArrayList<AttributedString>();
    var rest = text;
    var prefix = first;
    do {
      int room = Math.max(8, width - prefix.columnLength());
      int end = breakAt(rest, room);
      lines.add(
          new AttributedStringBuilder()
              .append(prefix)
              .append(rest.subSequence(0, end))
              .toAttributedString());
      while (end < rest.length() && rest.charAt(end) == ' ') {
        end++;
      }
      rest = rest.subSequence(end, rest.length());
      prefix = following;
    } while (!rest.isEmpty());
    return lines;
  }

  private static int breakAt(AttributedString text, int room) {
    if (text.columnLength() <= room) {
      return text.length();
    }
    int fits = Math.max(1, text.columnSubSequence(0, room).length());
    if (text.charAt(fits) == ' ') {
      return fits;
    }
    for (int i = fits; i > 0; i--) {
      if (text.charAt(i - 1) == ' ') {
        return i == 1 ? fits : i - 1;
      }
    }
    return fits;
  }
}
