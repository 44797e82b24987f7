package io.nanoswarm.terminal;

import io.nanoswarm.terminal.RunModel.Agent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * Pure: one picture of a session, as lines that fit the given width and height.
 *
 * @param waitingFor what happens before there is a session to show
 * @param frame counts the redraws, for the spinner
 */
record LiveFrame(RunModel model, String waitingFor, Duration elapsed, long frame, Look look) {
  private static final int NARROW = 60;
  private static final int LONGEST_BAR = 40;

  List<AttributedString> render(int width, int height) {
    var lines = new ArrayList<AttributedString>();
    lines.add(header(width));
    if (model.session() == null) {
      return lines;
    }
    boolean roomy = width >= NARROW && height >= 12;
    if (roomy) {
      lines.add(stages().within(width));
      lines.add(AttributedString.EMPTY);
    }
    int fixed = lines.size() + (roomy ? 2 : 1);
    lines.addAll(agents(width, Math.max(1, height - fixed - 1)));
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
    } else if (width < NARROW) {
      line.text(Tone.STRONG, model.stage().word());
    } else {
      line.text(Tone.STRONG, session.goal());
    }
    return look.line()
        .add(line.within(width - clock.length() - 2))
        .to(width - clock.length() - 1)
        .text(Tone.DIM, clock)
        .done();
  }

  private Line stages() {
    var now = model.stage();
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

  private List<AttributedString> agents(int width, int room) {
    var all = List.copyOf(model.agentList());
    if (all.isEmpty()) {
      return List.of(look.line().space(3).text(Tone.DIM, "no agents yet").within(width));
    }
    int shown = all.size() <= room ? all.size() : Math.max(0, room - 1);
    var lines = new ArrayList<AttributedString>();
    var chosen =
        shown == all.size()
            ? all
            : all.stream()
                .sorted(Comparator.comparingInt(LiveFrame::dullness))
                .limit(shown)
                .toList();
    int nameWidth =
        Math.min(
            Math.max(8, width / 3),
            chosen.stream().mapToInt(agent -> agent.name().length()).max().orElse(0));
    for (var agent : chosen) {
      lines.add(agent(agent, nameWidth, width));
    }
    int hidden = all.size() - shown;
    if (hidden > 0) {
      long working = all.stream().filter(Agent::working).count();
      lines.add(
          look.line()
              .space(3)
              .text(
                  Tone.DIM, "and %d more; %d of %d working".formatted(hidden, working, all.size()))
              .within(width));
    }
    return lines;
  }

  private AttributedString agent(Agent agent, int nameWidth, int width) {
    var line = look.line().space(1);
    switch (agent.state()) {
      case "working" -> line.text(Tone.ACCENT, Glyph.spinner(frame, look.unicode()));
      case "starting", "restarting" -> line.glyph(Tone.WARN, Glyph.RESTART);
      case "gave-up", "stopped" -> line.glyph(Tone.BAD, Glyph.FAILED);
      default -> line.glyph(Tone.DIM, Glyph.IDLE);
    }
    line.space(1).add(look.line().text(agent.name()).within(nameWidth)).to(nameWidth + 3);
    if (width >= NARROW) {
      var pid = agent.pid() == null ? look.glyph(Glyph.NOTHING) : agent.pid().toString();
      line.space(2 + 7 - pid.length()).text(Tone.DIM, pid);
    }
    return line.space(2).add(doing(agent)).within(width - 1);
  }

  private AttributedString doing(Agent agent) {
    var line = look.line();
    var text = agent.doing() == null ? "" : agent.doing();
    switch (agent.state()) {
      case "working" -> {
        var task = agent.task();
        line.text(!text.isEmpty() || task == null ? text : model.titleOf(task));
      }
      case "restarting" ->
          line.text(Tone.WARN, text.isEmpty() ? "restarting" : "restarting: " + text);
      case "gave-up", "stopped" -> line.text(Tone.BAD, text.isEmpty() ? agent.state() : text);
      default -> line.text(Tone.DIM, agent.state());
    }
    if (agent.restarts() > 0 && !agent.state().equals("restarting")) {
      line.space(2).text(Tone.DIM, Notice.count(agent.restarts(), "restart"));
    }
    return line.done();
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
    int bar = Math.max(4, Math.min(LONGEST_BAR, width - label.width() - 5));
    int good = bar * completed / all;
    int bad = (bar * (completed + lost) + all - 1) / all - good;
    bad = lost == 0 ? 0 : Math.max(1, bad);
    return look.line()
        .space(1)
        .text(Tone.GOOD, look.glyph(Glyph.BAR_FULL).repeat(good))
        .text(Tone.BAD, look.glyph(Glyph.BAR_FULL).repeat(bad))
        .text(Tone.DIM, look.glyph(Glyph.BAR_REST).repeat(Math.max(0, bar - good - bad)))
        .space(2)
        .add(label.done())
        .within(width - 1);
  }

  private String separator() {
    return " " + look.glyph(Glyph.DOT) + " ";
  }

  /** What moves or hurts is shown first when not all can be. */
  private static int dullness(Agent agent) {
    return switch (agent.state()) {
      case "restarting", "gave-up" -> 0;
      case "working" -> 1;
      case "starting" -> 2;
      default -> 3;
    };
  }
}
