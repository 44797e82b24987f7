package io.nanoswarm.terminal;

/**
 * A key that was pressed.
 *
 * @param text what was typed, empty unless it is {@link Kind#TEXT}
 */
public record Key(Kind kind, String text) {

  /** Which keys are told apart. */
  public enum Kind {
    TEXT,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    TAB,
    BACKSPACE,
    /** All that was typed shall go. */
    ERASE_LINE,
    ESCAPE,
    REDRAW,
    /** Ctrl-C, which comes as a key while a program has the whole terminal. */
    INTERRUPT,
    /** No further key will come: the terminal is gone. */
    CLOSED
  }

  public static Key of(Kind kind) {
    return new Key(kind, "");
  }

  public static Key text(String text) {
    return new Key(Kind.TEXT, text);
  }

  public boolean is(String typed) {
    return kind == Kind.TEXT && text.equals(typed);
  }
}
