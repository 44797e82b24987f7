package io.nanoswarm.terminal;

import io.nanoswarm.terminal.Key.Kind;
import java.io.IOError;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** Makes keys of what a terminal sends. Used by one thread. */
final class KeyReader {
  /** How long after Escape the rest of an arrow key may come. */
  private static final long ESCAPE_MILLIS = 50;

  private final BindingReader reader;
  private final KeyMap<Kind> keys;
  private final BooleanSupplier closed;

  /**
   * @param closed whether nobody listens any more
   */
  KeyReader(Terminal terminal, BooleanSupplier closed) {
    reader = new BindingReader(terminal.reader());
    keys = keys(terminal);
    this.closed = closed;
  }

  /** Returns when the terminal is gone, having said so unless it was closed here. */
  void read(Consumer<Key> listener) {
    try {
      while (!closed.getAsBoolean()) {
        Kind kind = reader.readBinding(keys);
        if (kind == null) {
          break;
        }
        if (kind == Kind.TEXT) {
          listener.accept(Key.text(reader.getLastBinding()));
        } else {
          listener.accept(Key.of(kind));
        }
      }
    } catch (EndOfFileException | IOError _) {
      // Told below.
    }
    if (!closed.getAsBoolean()) {
      listener.accept(Key.of(Kind.CLOSED));
    }
  }

  private static KeyMap<Kind> keys(Terminal terminal) {
    var keys = new KeyMap<Kind>();
    keys.setAmbiguousTimeout(ESCAPE_MILLIS);
    keys.setUnicode(Kind.TEXT);
    for (char c = ' '; c < 0x7f; c++) {
      keys.bind(Kind.TEXT, Character.toString(c));
    }
    bind(keys, Kind.UP, terminal, Capability.key_up, "\u001b[A", "\u001bOA");
    bind(keys, Kind.DOWN, terminal, Capability.key_down, "\u001b[B", "\u001bOB");
    bind(keys, Kind.RIGHT, terminal, Capability.key_right, "\u001b[C", "\u001bOC");
    bind(keys, Kind.LEFT, terminal, Capability.key_left, "\u001b[D", "\u001bOD");
    bind(keys, Kind.PAGE_UP, terminal, Capability.key_ppage, "\u001b[5~", KeyMap.ctrl('B'));
    bind(keys, Kind.PAGE_DOWN, terminal, Capability.key_npage, "\u001b[6~", KeyMap.ctrl('F'));
    bind(keys, Kind.HOME, terminal, Capability.key_home, "\u001b[H", "\u001b[1~");
    bind(keys, Kind.END, terminal, Capability.key_end, "\u001b[F", "\u001b[4~");
    keys.bind(Kind.ENTER, "\r", "\n");
    keys.bind(Kind.TAB, "\t");
    keys.bind(Kind.BACKSPACE, KeyMap.del(), KeyMap.ctrl('H'));
    keys.bind(Kind.ERASE_LINE, KeyMap.ctrl('U'));
    keys.bind(Kind.ESCAPE, KeyMap.esc());
    keys.bind(Kind.REDRAW, KeyMap.ctrl('L'));
    keys.bind(Kind.INTERRUPT, KeyMap.ctrl('C'));
    return keys;
  }

  private static void bind(
      KeyMap<Kind> keys, Kind kind, Terminal terminal, Capability told, String... usual) {
    var sent = KeyMap.key(terminal, told);
    if (sent != null && !sent.isEmpty()) {
      keys.bind(kind, sent);
    }
    keys.bind(kind, usual);
  }
}
