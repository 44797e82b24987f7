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

  /** A word wider than a line stays whole, so that paths and addresses can be copied. */
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
    int begin = 0;
    while (begin < text.length() && text.charAt(begin) == ' ') {
      begin++;
    }
    int end = Math.max(begin, text.columnSubSequence(0, room).length());
    for (int i = end; i > begin; i--) {
      if (text.charAt(i) == ' ') {
        return i;
      }
    }
    while (end < text.length() && text.charAt(end) != ' ') {
      end++;
    }
    return end;
  }
}
