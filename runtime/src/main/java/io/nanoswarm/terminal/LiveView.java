package io.nanoswarm.terminal;

import io.nanoswarm.api.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * A picture of the session at the bottom of the terminal, redrawn ten times a second; what shall
 * last is printed above it and scrolls away like any output. Leaves nothing of the picture behind
 * when it is closed.
 */
public final class LiveView implements View {
  private static final long REDRAW_MILLIS = 100;
  private static final int LEAST_COLUMNS = 20;

  private final Terminal terminal;
  private final Look look;
  private final InstantSource clock;
  private final UnaryOperator<String> typed;
  private final Instant start;
  private final Display display;
  private final ScheduledExecutorService timer;

  private RunModel model = RunModel.EMPTY;
  private String waitingFor = "";
  private Size size = Size.of(0, 0);
  private long frame;
  private boolean closed;

  /**
   * The terminal is the view's to write to, and the caller's to close after it.
   *
   * @param typed makes of a command without the program what is to be typed
   */
  public LiveView(Terminal terminal, Look look, InstantSource clock, UnaryOperator<String> typed) {
    this.terminal = terminal;
    this.look = look;
    this.clock = clock;
    this.typed = typed;
    start = clock.instant();
    display = new Display(terminal, false);
    terminal.puts(Capability.cursor_invisible);
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("live-view").factory());
    var _ = timer.scheduleAtFixedRate(this::redraw, 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void waiting(String what) {
    waitingFor = what;
  }

  @Override
  public synchronized void show(Progress event) {
    var notices = Notice.of(model, event, typed);
    model = model.apply(event);
    notices.stream().filter(Notice::lasting).forEach(this::printAbove);
  }

  @Override
  public synchronized void say(String text) {
    printAbove(Notice.own(text));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    timer.shutdownNow();
    erase();
    terminal.puts(Capability.cursor_visible);
    terminal.flush();
  }

  private synchronized void redraw() {
    if (!closed) {
      frame++;
      draw();
    }
  }

  private void draw() {
    followSize();
    var elapsed = Duration.between(start, clock.instant());
    var picture =
        new LiveFrame(model, waitingFor, elapsed, frame, look)
            .render(size.getColumns() - 1, size.getRows() - 1);
    display.update(picture, 0);
  }

  private void printAbove(Notice notice) {
    if (closed) {
      return;
    }
    followSize();
    erase();
    var line = notice.line(Duration.between(start, clock.instant()), look);
    for (var part : Wrapping.wrap(line, size.getColumns() - 1, Notice.INDENT)) {
      terminal.writer().println(look.print(part));
    }
    draw();
  }

  private void followSize() {
    var now = terminal.getSize();
    var usable =
        Size.of(
            now.getColumns() > 0 ? Math.max(LEAST_COLUMNS, now.getColumns()) : 80,
            now.getRows() > 0 ? now.getRows() : 24);
    if (!usable.equals(size)) {
      erase();
      size = usable;
      display.resize(size);
    }
  }

  /**
   * Between two redraws the cursor stands where the picture begins, also after a resize made the
   * terminal wrap it anew: everything from there on is the picture.
   */
  private void erase() {
    terminal.puts(Capability.carriage_return);
    terminal.puts(Capability.clr_eos);
    terminal.flush();
    display.reset();
  }
}
