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

  /**
   * The characters to print, escape sequences included. JLine's own conversion replaces corners and
   * lines by ASCII.
   */
  public String print(AttributedString text) {
    if (!color) {
      return text.toString();
    }
    var printed = new StringBuilder();
    for (int from = 0, to; from < text.length(); from = to) {
      to = text.runLimit(from);
      var style = text.styleAt(from).toAnsi();
      var run = text.subSequence(from, to).toString();
      printed.append(style.isBlank() ? run : "\u001b[" + style + "m" + run + "\u001b[0m");
    }
    return printed.toString();
  }
}
