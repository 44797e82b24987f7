package io.nanoswarm.terminal;

import io.nanoswarm.terminal.RunModel.Agent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jline.utils.AttributedString;

/** The part of the live picture that has a line for every agent, or for the most telling ones. */
record AgentRows(RunModel model, long frame, Look look) {

  List<AttributedString> render(int width, int room) {
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
                .sorted(Comparator.comparingInt(AgentRows::dullness))
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
      case "working", "draining" -> line.text(Tone.ACCENT, Glyph.spinner(frame, look.unicode()));
      case "starting", "restarting" -> line.glyph(Tone.WARN, Glyph.RESTART);
      case "gave-up", "stopped" -> line.glyph(Tone.BAD, Glyph.FAILED);
      default -> line.glyph(Tone.DIM, Glyph.IDLE);
    }
    line.space(1).add(look.line().text(agent.name()).within(nameWidth)).to(nameWidth + 3);
    if (width >= LiveFrame.NARROW) {
      var pid = agent.pid() == null ? look.glyph(Glyph.NOTHING) : agent.pid().toString();
      line.space(2 + 7 - pid.length()).text(Tone.DIM, pid);
    }
    return line.space(2).add(doing(agent)).within(width - 1);
  }

  private AttributedString doing(Agent agent) {
    var line = look.line();
    var text = agent.doing() == null ? "" : agent.doing();
    switch (agent.state()) {
      case "working" -> line.text(work(agent, text));
      case "draining" -> line.text(Tone.DIM, "draining: ").text(work(agent, text));
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

  private String work(Agent agent, String text) {
    var task = agent.task();
    return !text.isEmpty() || task == null ? text : model.titleOf(task);
  }

  /** What moves or hurts is shown first when not all can be. */
  private static int dullness(Agent agent) {
    return switch (agent.state()) {
      case "restarting", "gave-up" -> 0;
      case "working", "draining" -> 1;
      case "starting" -> 2;
      default -> 3;
    };
  }
}
