package io.nanoswarm.top;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.AgentsView.OffersView;
import io.nanoswarm.api.NodesView.NodeView;
import io.nanoswarm.api.OverviewView;
import io.nanoswarm.api.OverviewView.QueueView;
import io.nanoswarm.api.OverviewView.SessionRow;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;

/** The swarm in two lines; what there is no room for is left out, the less telling first. Pure. */
record Header(OverviewView seen, Look look) {

  List<AttributedString> lines(int width) {
    return List.of(fitting(work(), width), fitting(machines(), width));
  }

  private AttributedString fitting(List<Line> parts, int width) {
    var line = look.line().space(1);
    for (var part : parts) {
      int gap = line.width() > 1 ? 3 : 0;
      if (line.width() + gap + part.width() <= width) {
        line.text(Tone.DIM, gap == 0 ? "" : " " + look.glyph(Glyph.DOT) + " ").add(part.done());
      }
    }
    return line.within(width);
  }

  private List<Line> work() {
    var parts = new ArrayList<Line>();
    int open = (int) seen.sessions().stream().filter(each -> each.endedAt() == null).count();
    int questions = seen.sessions().stream().map(SessionRow::questions).mapToInt(List::size).sum();
    parts.add(part(Words.count(open, "session") + " open"));
    if (questions > 0) {
      parts.add(look.line().text(Tone.WARN, Words.count(questions, "question") + " to you"));
    }
    int waiting = seen.queues().stream().mapToInt(QueueView::waiting).sum();
    int running = seen.queues().stream().mapToInt(QueueView::running).sum();
    parts.add(part("%s running, %d waiting".formatted(Words.count(running, "task"), waiting)));
    parts.add(part("%d over".formatted(seen.ended())));
    return parts;
  }

  private List<Line> machines() {
    var parts = new ArrayList<Line>();
    long away =
        seen.nodes().stream()
            .map(NodeView::state)
            .filter(state -> state.equals("unreachable") || state.equals("down"))
            .count();
    parts.add(part(Words.count(seen.nodes().size(), "node")));
    if (away > 0) {
      parts.add(look.line().text(Tone.BAD, away + " away"));
    }
    var offers = seen.nodes().stream().map(NodeView::offers).filter(Objects::nonNull).toList();
    if (!offers.isEmpty()) {
      parts.add(part(Words.count(offers.stream().mapToInt(OffersView::cores).sum(), "core")));
    }
    int up =
        (int)
            seen.agents().stream()
                .filter(agent -> List.of("idle", "working").contains(agent.state()))
                .count();
    parts.add(part("%d of %s up".formatted(up, Words.count(seen.agents().size(), "agent"))));
    parts.addAll(processes());
    return parts;
  }

  /** Those of the agents; their memory as far as the node that has answered sees them. */
  private List<Line> processes() {
    record Jvm(String node, long pid) {}
    Map<Jvm, Long> memory =
        seen.agents().stream()
            .filter(agent -> agent.pid() != null)
            .collect(
                Collectors.toMap(
                    agent -> new Jvm(String.valueOf(agent.node()), pid(agent)),
                    agent -> agent.megabytes() == null ? 0 : agent.megabytes(),
                    Math::max));
    long sum = memory.values().stream().mapToLong(Long::longValue).sum();
    boolean all = memory.values().stream().allMatch(each -> each > 0);
    var parts = new ArrayList<Line>();
    parts.add(part(Words.count(memory.size(), "JVM") + " for them"));
    if (sum > 0) {
      parts.add(part((all ? "" : "at least ") + Words.size(sum)));
    }
    return parts;
  }

  private static long pid(AgentView agent) {
    return Objects.requireNonNull(agent.pid());
  }

  private Line part(String words) {
    return look.line().text(words);
  }
}
