package io.nanoswarm.terminal;

import java.util.regex.Pattern;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * One line of output under construction. Whatever text comes in, nothing but printable characters
 * goes out: no line feeds, no escape sequences a model or a file name could smuggle in.
 */
public final class Line {
  /** Control characters, and the format characters that reverse or hide text. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]+");

  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x20-\\x7e]");

  private final Look look;
  private final AttributedStringBuilder text = new AttributedStringBuilder();

  Line(Look look) {
    this.look = look;
  }

  public Line text(String words) {
    return text(Tone.PLAIN, words);
  }

  public Line text(Tone tone, String words) {
    return styled(tone.style(), words);
  }

  Line styled(AttributedStyle style, String words) {
    text.styled(look.color() ? style : AttributedStyle.DEFAULT, printable(words));
    return this;
  }

  public Line glyph(Tone tone, Glyph glyph) {
    return text(tone, look.glyph(glyph));
  }

  public Line space(int columns) {
    text.append(" ".repeat(Math.max(0, columns)));
    return this;
  }

  public Line add(AttributedString more) {
    text.append(more);
    return this;
  }

  /** Fills up with spaces until the line is as wide as this. */
  public Line to(int column) {
    return space(column - width());
  }

  public int width() {
    return text.columnLength();
  }

  public AttributedString done() {
    return text.toAttributedString();
  }

  /** The line, cut with an ellipsis if it is wider than this. */
  public AttributedString within(int columns) {
    return cut(done(), columns, look);
  }

  static AttributedString cut(AttributedString line, int columns, Look look) {
    if (line.columnLength() <= columns) {
      return line;
    }
    return new AttributedStringBuilder()
        .append(line.columnSubSequence(0, Math.max(0, columns - 1)))
        .append(columns > 0 ? look.glyph(Glyph.ELLIPSIS) : "")
        .toAttributedString();
  }

  private String printable(String words) {
    var clean = UNPRINTABLE.matcher(words).replaceAll(" ");
    return look.unicode() ? clean : NOT_ASCII.matcher(clean).replaceAll("?");
  }
}
