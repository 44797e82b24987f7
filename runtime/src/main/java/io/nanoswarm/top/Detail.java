package io.nanoswarm.top;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.NodesView.NodeView;
import io.nanoswarm.api.OverviewView.SessionRow;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Span;
import io.nanoswarm.terminal.Tone;
import java.util.ArrayList;

/** What there is to say of the chosen row beyond its columns. Pure. */
record Detail(TopModel model, Look look) {

  Line line() {
    return switch (model.pane()) {
      case SESSIONS -> model.session().map(this::session).orElseGet(look::line);
      case AGENTS -> model.agent().map(this::agent).orElseGet(look::line);
      case NODES -> model.node().map(this::node).orElseGet(look::line);
      case QUEUES ->
          look.line()
              .space(1)
              .text(
                  Tone.DIM,
                  "waiting: an agent could begin it now; later: it waits for others, a person or a"
                      + " moment");
    };
  }

  private Line session(SessionRow session) {
    var line = look.line().space(1);
    var seen = model.seen();
    if (session.pausedAt() != null && seen != null) {
      line.text(
          Tone.WARN,
          "paused %s ago, r lets it go on  "
              .formatted(Span.words(session.pausedAt(), null, seen.at())));
    }
    if (session.questions().isEmpty()) {
      return line.text(Tone.DIM, session.goal());
    }
    var first = session.questions().getFirst();
    return line.text(Tone.WARN, first.task() + " asks: ").text(first.question());
  }

  private Line agent(AgentView agent) {
    var parts = new ArrayList<String>();
    parts.add("role " + agent.role());
    if (agent.node() != null) {
      parts.add("on " + agent.node());
    }
    if (agent.pid() != null) {
      parts.add("pid " + agent.pid());
    }
    if (agent.task() != null) {
      parts.add("works on " + agent.task());
    }
    if (agent.lastDeath() != null) {
      parts.add("died last: " + agent.lastDeath());
    }
    return look.line().space(1).text(Tone.DIM, String.join(", ", parts));
  }

  private Line node(NodeView node) {
    var offers = node.offers();
    if (offers == null) {
      return look.line().space(1).text(Tone.DIM, "no machine for agents");
    }
    var parts = new ArrayList<String>();
    parts.add(offers.os());
    parts.add(Words.count(offers.cores(), "core"));
    parts.add(Words.size(offers.memoryMegabytes()));
    offers.labels().forEach(label -> parts.add("label " + label));
    parts.addAll(offers.programs().keySet());
    offers
        .runtimes()
        .forEach((name, versions) -> parts.add(name + " " + String.join(" ", versions)));
    return look.line().space(1).text(Tone.DIM, "offers " + String.join(", ", parts));
  }
}
