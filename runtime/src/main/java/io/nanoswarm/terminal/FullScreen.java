package io.nanoswarm.terminal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;

/**
 * The terminal that a person sits at, on its other screen: what stood there before is there again
 * afterwards.
 *
 * <p>Guarantees: the terminal is given back as it was, cursor and echo included, when this is
 * closed or the JVM ends in any way that runs its hooks. A picture is written at once, over the one
 * before and without erasing it first, so that nothing flickers.
 */
public final class FullScreen implements Screen {
  private static final int DEFAULT_COLUMNS = 80;
  private static final int DEFAULT_ROWS = 24;

  /** Terminals that know these show nothing in between; others ignore them. */
  private static final String BEGIN_FRAME = "\u001b[?2026h";

  private static final String END_FRAME = "\u001b[?2026l";
  private static final String TOP_LEFT = "\u001b[H";
  private static final String ERASE_REST_OF_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final Terminal terminal;
  private final Look look;
  private final Attributes before;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread atEnd = new Thread(this::restore, "restore-terminal");

  FullScreen(Terminal terminal, Look look) {
    this.terminal = terminal;
    this.look = look;
    Runtime.getRuntime().addShutdownHook(atEnd);
    before = terminal.enterRawMode();
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.puts(Capability.keypad_xmit);
    terminal.flush();
  }

  @Override
  public int columns() {
    int columns = terminal.getSize().getColumns();
    return columns > 0 ? columns : DEFAULT_COLUMNS;
  }

  @Override
  public int rows() {
    int rows = terminal.getSize().getRows();
    return rows > 0 ? rows : DEFAULT_ROWS;
  }

  @Override
  public void show(List<AttributedString> lines) {
    if (!closed.get()) {
      terminal.writer().write(frame(lines, look));
      terminal.flush();
    }
  }

  /** Pure: what has the terminal show these lines and nothing else. */
  static String frame(List<AttributedString> lines, Look look) {
    var frame = new StringBuilder(BEGIN_FRAME).append(TOP_LEFT);
    for (int i = 0; i < lines.size(); i++) {
      frame
          .append(i == 0 ? "" : "\r\n")
          .append(look.print(lines.get(i)))
          .append(ERASE_REST_OF_LINE);
    }
    return frame.append(ERASE_BELOW).append(END_FRAME).toString();
  }

  @Override
  public void listen(Consumer<Key> listener) {
    Thread.ofPlatform()
        .daemon()
        .name("keys")
        .start(() -> new KeyReader(terminal, closed::get).read(listener));
  }

  @Override
  public void close() {
    if (restore()) {
      try {
        Runtime.getRuntime().removeShutdownHook(atEnd);
      } catch (IllegalStateException _) {
        // The JVM ends already: the hook finds nothing left to do.
      }
      try {
        terminal.close();
      } catch (IOException _) {
        // It is gone: nothing is left to be given back.
      }
    }
  }

  /** Whether this was the first time. May be called from any thread, at any time. */
  private boolean restore() {
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    terminal.puts(Capability.keypad_local);
    terminal.puts(Capability.cursor_visible);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.setAttributes(before);
    return true;
  }
}
