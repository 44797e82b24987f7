package io.nanoswarm.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/**
 * Pure: one picture of a session, as lines that fit the given width and height.
 *
 * @param waitingFor what happens before there is a session to show
 * @param frame counts the redraws, for the spinner
 */
record LiveFrame(RunModel model, String waitingFor, Duration elapsed, long frame, Look look) {
  static final int NARROW = 60;
  private static final int LONGEST_BAR = 40;

  List<AttributedString> render(int width, int height) {
    var lines = new ArrayList<AttributedString>();
    lines.add(header(width));
    if (model.session() == null) {
      return lines;
    }
    boolean roomy = width >= NARROW && height >= 12;
    if (roomy) {
      model.stage().ifPresent(stage -> lines.add(stages(stage).within(width)));
      lines.add(AttributedString.EMPTY);
    }
    int fixed = lines.size() + (roomy ? 2 : 1);
    lines.addAll(new AgentRows(model, frame, look).render(width, Math.max(1, height - fixed - 1)));
    if (roomy) {
      lines.add(AttributedString.EMPTY);
    }
    lines.add(bar(width));
    return lines;
  }

  private AttributedString header(int width) {
    var clock = Span.clock(elapsed);
    var line =
        look.line().space(1).text(Tone.ACCENT, Glyph.spinner(frame, look.unicode())).space(1);
    var session = model.session();
    if (session == null) {
      line.text(Tone.STRONG, waitingFor);
    } else {
      var stage = width < NARROW ? model.stage().map(Stage::word) : Optional.<String>empty();
      line.text(Tone.STRONG, stage.orElse(session.goal()));
    }
    return look.line()
        .add(line.within(width - clock.length() - 2))
        .to(width - clock.length() - 1)
        .text(Tone.DIM, clock)
        .done();
  }

  private Line stages(Stage now) {
    var line = look.line().space(1);
    for (var stage : List.of(Stage.PLANNING, Stage.SEARCHING, Stage.CHECKING, Stage.ANSWERING)) {
      int order = stage.compareTo(now);
      var tone = order < 0 ? Tone.GOOD : order == 0 ? Tone.ACCENT : Tone.DIM;
      line.glyph(tone, order < 0 ? Glyph.DONE : order == 0 ? Glyph.NOW : Glyph.LATER)
          .space(1)
          .text(order == 0 ? Tone.STRONG : Tone.DIM, stage.word())
          .space(3);
    }
    return line;
  }

  private AttributedString bar(int width) {
    int all = model.tasks().size();
    if (all == 0) {
      return look.line().space(3).text(Tone.DIM, "splitting the question into tasks").within(width);
    }
    int completed = (int) model.tasks().values().stream().filter(RunModel.Task::completed).count();
    int lost = (int) model.tasks().values().stream().filter(RunModel.Task::lost).count();
    var label = look.line().text("%d/%d".formatted(completed + lost, all)).text(Tone.DIM, " tasks");
    if (lost > 0) {
      label.text(Tone.DIM, separator()).text(Tone.BAD, lost + " lost");
    }
    if (width >= NARROW && model.posted() > 0) {
      label.text(Tone.DIM, separator() + model.posted() + " posted");
    }
    int columns = Math.max(4, Math.min(LONGEST_BAR, width - label.width() - 5));
    return look.line()
        .space(1)
        .add(bar(columns, completed, lost, all))
        .space(2)
        .add(label.done())
        .within(width - 1);
  }

  /** Without colours, what runs counts as not done: one kind of line must not mean two things. */
  private AttributedString bar(int columns, int completed, int lost, int all) {
    long running = model.tasks().values().stream().filter(RunModel.Task::running).count();
    int good = columns * completed / all;
    int bad = columns * (completed + lost) / all - good;
    int moving =
        look.color() ? (int) (columns * (completed + lost + running) / all) - good - bad : 0;
    var full = look.glyph(Glyph.BAR_FULL);
    var rest = look.color() && look.unicode() ? full : look.glyph(Glyph.BAR_REST);
    return look.line()
        .text(Tone.GOOD, full.repeat(good))
        .text(Tone.BAD, full.repeat(bad))
        .text(Tone.ACCENT, rest.repeat(moving))
        .text(Tone.DIM, rest.repeat(columns - good - bad - moving))
        .done();
  }

  private String separator() {
    return " " + look.glyph(Glyph.DOT) + " ";
  }
}
