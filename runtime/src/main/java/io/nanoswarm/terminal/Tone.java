package io.nanoswarm.terminal;

import org.jline.utils.AttributedStyle;

/** What a piece of text is, from which follows how it looks. */
@SuppressWarnings("ImmutableEnumChecker") // AttributedStyle is immutable without saying so
public enum Tone {
  PLAIN(AttributedStyle.DEFAULT),
  STRONG(AttributedStyle.BOLD),
  EMPHASIS(AttributedStyle.DEFAULT.italic()),
  DIM(AttributedStyle.DEFAULT.faint()),
  ACCENT(AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN)),
  TITLE(AttributedStyle.BOLD.foreground(AttributedStyle.CYAN)),
  GOOD(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN)),
  WARN(AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW)),
  BAD(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED)),
  CODE(AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW)),
  QUOTED(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN)),
  LINK(AttributedStyle.DEFAULT.underline()),
  CHOSEN(AttributedStyle.INVERSE);

  private final AttributedStyle style;

  Tone(AttributedStyle style) {
    this.style = style;
  }

  AttributedStyle style() {
    return style;
  }
}
