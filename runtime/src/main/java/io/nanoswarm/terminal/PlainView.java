package io.nanoswarm.terminal;

import io.nanoswarm.api.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** One line per notable event, for logs and pipes; each begins with the time since the start. */
public final class PlainView implements View {
  private final PrintStream out;
  private final Look look;
  private final InstantSource clock;
  private final UnaryOperator<String> typed;
  private final Instant start;
  private RunModel model = RunModel.EMPTY;

  /**
   * @param typed makes of a command without the program what is to be typed
   */
  public PlainView(PrintStream out, Look look, InstantSource clock, UnaryOperator<String> typed) {
    this.out = out;
    this.look = look;
    this.clock = clock;
    this.typed = typed;
    start = clock.instant();
  }

  @Override
  public void waiting(String what) {
    print(Notice.own(what));
  }

  @Override
  public void show(Progress event) {
    var notices = Notice.of(model, event, typed);
    model = model.apply(event);
    notices.forEach(this::print);
  }

  @Override
  public void say(String text) {
    print(Notice.own(text));
  }

  @Override
  public void close() {
    out.flush();
  }

  private void print(Notice notice) {
    var since = Duration.between(start, clock.instant());
    out.println(look.print(notice.line(since, look)));
  }
}
