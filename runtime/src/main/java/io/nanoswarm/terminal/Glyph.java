package io.nanoswarm.terminal;

/** Signs of one column, each with a stand-in for terminals that know ASCII only. */
public enum Glyph {
  DONE("✔", "+"),
  FAILED("✘", "x"),
  WARNING("▲", "!"),
  RESTART("↻", "~"),
  IDLE("·", "."),
  NOW("●", "*"),
  LATER("○", "-"),
  INFO("›", ">"),
  DOT("·", "-"),
  NOTHING("–", "-"),
  BAR_FULL("━", "#"),
  BAR_REST("┄", "-"),
  RULE("─", "-"),
  BULLET("•", "*"),
  QUOTE("▌", ">"),
  CODE("│", "|"),
  BRANCH("├─", "|-"),
  LAST_BRANCH("└─", "`-"),
  ELLIPSIS("…", "~");

  private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
  private static final String[] ASCII_SPINNER = {"|", "/", "-", "\\"};

  private final String unicode;
  private final String ascii;

  Glyph(String unicode, String ascii) {
    this.unicode = unicode;
    this.ascii = ascii;
  }

  String in(boolean unicodeKnown) {
    return unicodeKnown ? unicode : ascii;
  }

  static String spinner(long frame, boolean unicodeKnown) {
    var frames = unicodeKnown ? SPINNER : ASCII_SPINNER;
    return frames[(int) (frame % frames.length)];
  }
}
