package io.nanoswarm.top;

import io.nanoswarm.api.OverviewView;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Span;
import io.nanoswarm.terminal.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * One picture of the model, as lines that fit the given width and height. Pure.
 *
 * @param now by the clock of this terminal
 */
record TopFrame(TopModel model, Instant now, Look look) {
  private static final int MARK = 2;

  /** Below this there is room for rows alone. */
  private static final int ROOMY = 12;

  /** Below this there is room for some of the keys. */
  private static final int WIDE = 70;

  /** Everything that is known, whatever the height. */
  static List<AttributedString> everything(OverviewView seen, Look look, int width) {
    var lines = new ArrayList<>(new Header(seen, look).lines(width));
    if (!seen.silent().isEmpty()) {
      lines.add(silent(seen, look).within(width));
    }
    var rows = new PaneRows(seen, seen.at(), look);
    for (var pane : Pane.values()) {
      lines.add(AttributedString.EMPTY);
      lines.add(
          look.line()
              .text(Tone.STRONG, pane.word())
              .text(Tone.DIM, rows.count(pane) == 0 ? "  none" : "")
              .done());
      if (rows.count(pane) > 0) {
        rows.lines(pane, width - MARK)
            .forEach(line -> lines.add(look.line().space(MARK).add(line).done()));
      }
    }
    return lines;
  }

  private static Line silent(OverviewView seen, Look look) {
    return look.line()
        .space(1)
        .glyph(Tone.WARN, Glyph.WARNING)
        .text(Tone.WARN, " no answer in time from: " + String.join(", ", seen.silent()));
  }

  /** How many rows of a pane fit. */
  int page(int height) {
    return Math.max(
        1, height - above(Integer.MAX_VALUE).size() - below(Integer.MAX_VALUE, height).size() - 1);
  }

  List<AttributedString> render(int width, int height) {
    if (model.mode() instanceof Mode.Helping) {
      return HelpText.lines(look).stream().map(line -> line.within(width)).limit(height).toList();
    }
    var lines = new ArrayList<AttributedString>();
    above(width).forEach(line -> lines.add(cut(line, width)));
    var below = below(width, height);
    int room = Math.max(1, height - lines.size() - below.size());
    rows(width, room).forEach(line -> lines.add(cut(line, width)));
    while (lines.size() + below.size() < height) {
      lines.add(AttributedString.EMPTY);
    }
    below.forEach(line -> lines.add(cut(line, width)));
    return lines.subList(0, Math.min(height, lines.size()));
  }

  private AttributedString cut(AttributedString line, int width) {
    return look.line().add(line).within(width);
  }

  private List<AttributedString> above(int width) {
    var lines = new ArrayList<AttributedString>();
    var seen = model.seen();
    if (seen != null) {
      lines.addAll(new Header(seen, look).lines(width));
    }
    var lost = model.lost();
    if (lost != null) {
      lines.add(
          look.line()
              .space(1)
              .glyph(Tone.BAD, Glyph.WARNING)
              .space(1)
              .text(
                  Tone.BAD,
                  "no answer for %s, trying again%s (%s)"
                      .formatted(
                          Span.words(Duration.between(lost.since(), now)),
                          seen == null ? "" : "; this is what was seen last",
                          lost.why()))
              .done());
    } else if (seen != null && !seen.silent().isEmpty()) {
      lines.add(silent(seen, look).done());
    }
    lines.add(tabs(seen));
    return lines;
  }

  private AttributedString tabs(@Nullable OverviewView seen) {
    var line = look.line().space(1);
    for (var pane : Pane.values()) {
      boolean here = pane == model.pane();
      var title =
          "%d %s%s"
              .formatted(
                  pane.number(),
                  pane.word(),
                  seen == null ? "" : " " + new PaneRows(seen, now, look).count(pane));
      line.text(here ? Tone.CHOSEN : Tone.DIM, here ? "[" + title + "]" : " " + title + " ");
    }
    return line.done();
  }

  /** The header of the pane, and as many rows as there is room for, the chosen one among them. */
  private List<AttributedString> rows(int width, int room) {
    var seen = model.seen();
    if (seen == null) {
      return List.of(look.line().space(MARK).text(Tone.DIM, "waiting for a node").within(width));
    }
    var rows = new PaneRows(seen, seen.at(), look);
    if (rows.count(model.pane()) == 0) {
      return List.of(look.line().space(MARK).text(Tone.DIM, "none").within(width));
    }
    var all = rows.lines(model.pane(), width - MARK);
    int shown = Math.min(Math.max(1, room - 1), all.size() - 1);
    int first = Math.clamp(model.index() - shown / 2, 0, all.size() - 1 - shown);
    var lines = new ArrayList<AttributedString>();
    if (room > 1) {
      lines.add(look.line().space(MARK).add(all.getFirst()).done());
    }
    for (int i = first; i < first + shown; i++) {
      lines.add(row(all.get(i + 1), i == model.index(), width));
    }
    return lines;
  }

  private AttributedString row(AttributedString row, boolean chosen, int width) {
    if (!chosen) {
      return look.line().space(MARK).add(row).done();
    }
    var line = look.line().text(look.glyph(Glyph.INFO) + " " + row).to(width).done();
    return look.line().text(Tone.CHOSEN, line.toString()).within(width);
  }

  private List<AttributedString> below(int width, int height) {
    var lines = new ArrayList<AttributedString>();
    if (height >= ROOMY && !(model.mode() instanceof Mode.Answering)) {
      lines.add(new Detail(model, look).line().done());
    }
    switch (model.mode()) {
      case Mode.Confirming(_, var question) ->
          lines.add(look.line().space(1).text(Tone.WARN, "y/n: " + question).done());
      case Mode.Answering answering -> lines.addAll(prompt(answering, width));
      case Mode.Browsing _, Mode.Helping _ -> lines.add(note().orElseGet(() -> footer(width)));
    }
    return lines;
  }

  private Optional<AttributedString> note() {
    return Optional.ofNullable(model.note())
        .map(note ->
            look.line()
                .space(1)
                .glyph(note.good() ? Tone.GOOD : Tone.BAD, note.good() ? Glyph.DONE : Glyph.FAILED)
                .text(" " + note.text())
                .done());
  }

  private AttributedString footer(int width) {
    var acts =
        switch (model.pane()) {
          case SESSIONS ->
              width < WIDE
                  ? "a answer  c cancel  p pause  "
                  : "a answer  c cancel  p pause  r resume  +- priority  ";
          case AGENTS -> "x kill  ";
          case QUEUES -> "";
          case NODES -> "d drain  ";
        };
    return look.line()
        .space(1)
        .text(Tone.DIM, acts + "? help  q quit")
        .text(Tone.DIM, model.where().isEmpty() ? "" : "   " + model.where())
        .done();
  }

  /** The end of what is typed is always to be seen. */
  private List<AttributedString> prompt(Mode.Answering answering, int width) {
    var several =
        answering.questions().size() == 1
            ? ""
            : " (%d of %d, Tab for the next)"
                .formatted(answering.chosen() + 1, answering.questions().size());
    var asked =
        look.line()
            .space(1)
            .text(Tone.WARN, "%s asks%s: ".formatted(answering.question().task(), several))
            .text(answering.question().question())
            .done();
    int room = Math.max(1, width - MARK - 3);
    var typed = look.line().text(answering.typed()).done();
    int from = Math.max(0, typed.columnLength() - room);
    return List.of(
        asked,
        look.line()
            .space(1)
            .text(Tone.ACCENT, "> ")
            .add(typed.columnSubSequence(from, typed.columnLength()))
            .text(Tone.CHOSEN, look.color() ? " " : "_")
            .done(),
        note().orElse(look.line().space(1).text(Tone.DIM, "Enter sends  Esc goes back").done()));
  }
}
