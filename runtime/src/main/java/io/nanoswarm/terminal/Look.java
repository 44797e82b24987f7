package io.nanoswarm.terminal;

import org.jline.utils.AttributedString;

/**
 * What a terminal can show.
 *
 * @param color whether styles of any kind are wanted
 * @param unicode whether it knows more than ASCII
 */
public record Look(boolean color, boolean unicode) {
  public static final Look PLAIN = new Look(false, true);

  /** Starts a line in this look. */
  public Line line() {
    return new Line(this);
  }

  public String glyph(Glyph glyph) {
    return glyph.in(unicode);
  }

  /** The characters to print, escape sequences included. */
  public String print(AttributedString text) {
    return color ? text.toAnsi() : text.toString();
  }
}
