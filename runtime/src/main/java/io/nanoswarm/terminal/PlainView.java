package io.nanoswarm.terminal;

import io.nanoswarm.api.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One line per notable event, for logs and pipes; each begins with the time since the start. */
public final class PlainView implements View {
  private final PrintStream out;
  private final Look look;
  private final InstantSource clock;
  private final Instant start;
  private RunModel model = RunModel.EMPTY;

  public PlainView(PrintStream out, Look look, InstantSource clock) {
    this.out = out;
    this.look = look;
    this.clock = clock;
    start = clock.instant();
  }

  @Override
  public void waiting(String what) {
    print(Notice.own(what));
  }

  @Override
  public void show(Progress event) {
    var notices = Notice.of(model, event);
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
