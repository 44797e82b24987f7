package io.nanoswarm.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: answers and tables to the one stream, progress and errors to the other,
 * and what each of the two can show.
 */
public final class Console {
  /** For lines nobody wraps: a file takes them as long as they are. */
  private static final int ENDLESS = 10_000;

  /** Indent of what is left of a wrapped line. */
  private static final int HANGING = 4;

  private final Port out;
  private final Port err;
  private final boolean screen;
  private @Nullable Terminal live;
  private @Nullable Screen full;

  static {
    // Without this, lines and corners are sent as letters of another character set.
    System.setProperty(TerminalBuilder.PROP_DISABLE_ALTERNATE_CHARSET, "true");
  }

  /**
   * One of the two streams.
   *
   * @param terminal whether a person looks at it
   * @param columns of that terminal, 0 if it does not tell
   */
  public record Port(PrintStream stream, boolean terminal, Look look, IntSupplier columns) {

    public int width() {
      int told = terminal ? columns.getAsInt() : ENDLESS;
      return told > 0 ? told : 80;
    }

    /** Prints the line, wrapped between words if it is too wide. */
    public void print(Line line) {
      print(Wrapping.wrap(line.done(), width() - 1, HANGING));
    }

    /** Says that what was asked for is done. */
    public void done(String text) {
      print(look.line().glyph(Tone.GOOD, Glyph.DONE).space(1).text(text));
    }

    /** Says what is going on, or how things stand. */
    public void info(String text) {
      print(look.line().glyph(Tone.ACCENT, Glyph.INFO).space(1).text(text));
    }

    /** Prints the lines, with the places in them as links. */
    public void print(Iterable<AttributedString> lines, PlaceLinks links) {
      lines.forEach(line -> stream.println(links.in(look.print(line))));
    }

    public void print(Iterable<AttributedString> lines) {
      lines.forEach(line -> stream.println(look.print(line)));
    }
  }

  /** One at which nobody sits who could press a key. */
  public Console(Port out, Port err) {
    this(out, err, false);
  }

  private Console(Port out, Port err, boolean screen) {
    this.out = out;
    this.err = err;
    this.screen = screen;
  }

  /** The streams this JVM was started with. */
  public static Console system(Map<String, String> environment) {
    var provider = provider();
    boolean outTerminal = provider != null && provider.isSystemStream(SystemStream.Output);
    boolean errTerminal = provider != null && provider.isSystemStream(SystemStream.Error);
    boolean unicode = LookChoice.unicode(environment);
    boolean color = LookChoice.color(environment);
    return new Console(
        new Port(
            stream(FileDescriptor.out),
            outTerminal,
            new Look(outTerminal && color, unicode || !outTerminal),
            () -> provider == null ? 0 : provider.systemStreamWidth(SystemStream.Output)),
        new Port(
            stream(FileDescriptor.err),
            errTerminal && !LookChoice.dumb(environment),
            new Look(errTerminal && color, unicode || !errTerminal),
            () -> provider == null ? 0 : provider.systemStreamWidth(SystemStream.Error)),
        provider != null
            && outTerminal
            && provider.isSystemStream(SystemStream.Input)
            && !LookChoice.dumb(environment));
  }

  public Console withoutColor() {
    return new Console(plain(out), plain(err), screen);
  }

  public Port out() {
    return out;
  }

  public Port err() {
    return err;
  }

  /**
   * Live on a terminal, plain lines elsewhere; on the stream for progress.
   *
   * @param typed makes of a command without the program what is to be typed
   */
  public View progress(InstantSource clock, UnaryOperator<String> typed) {
    if (!err.terminal()) {
      return new PlainView(err.stream(), err.look(), clock, typed);
    }
    try {
      var terminal =
          TerminalBuilder.builder()
              .systemOutput(TerminalBuilder.SystemOutput.ForcedSysErr)
              .nativeSignals(false)
              .paused(true)
              .build();
      live = terminal;
      return new LiveView(terminal, err.look(), clock, typed);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the terminal", e);
    }
  }

  /** Whether a person sits at a terminal that can show one picture after the other. */
  public boolean hasScreen() {
    return screen;
  }

  /** Takes the whole terminal; only if there is a screen. The caller closes it. */
  public Screen screen() {
    try {
      var taken =
          new FullScreen(
              TerminalBuilder.builder()
                  .systemOutput(TerminalBuilder.SystemOutput.ForcedSysOut)
                  .nativeSignals(false)
                  // Asks the terminal nothing, whose late answers would be taken for keys.
                  .graphemeCluster(false)
                  .build(),
              out.look());
      full = taken;
      return taken;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the terminal", e);
    }
  }

  /** Gives the terminal back as it was, whatever is shown; for an end without order. */
  public void restore() {
    var whole = full;
    if (whole != null) {
      whole.close();
    }
    var terminal = live;
    if (terminal != null) {
      terminal.puts(Capability.cursor_visible);
      terminal.flush();
    }
  }

  private static Port plain(Port port) {
    var look = new Look(false, port.look().unicode());
    return new Port(port.stream(), port.terminal(), look, port.columns());
  }

  private static @Nullable TerminalProvider provider() {
    try {
      return TerminalProvider.load("ffm");
    } catch (IOException | LinkageError e) {
      return null;
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
