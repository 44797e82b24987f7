package io.nanoswarm.cli;

import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.NodeLink;
import io.nanoswarm.client.Refused;
import io.nanoswarm.terminal.View;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Stays with a session to its end, also when the node it runs on belongs to another terminal and
 * goes away: then this terminal becomes the node and takes the session up.
 */
final class SessionRun {
  /** Nodes that may be lost without a single event in between. */
  private static final int MAX_LOSSES = 5;

  private final NodeLink link;
  private final View view;
  private int losses;

  SessionRun(NodeLink link, View view) {
    this.link = link;
    this.view = view;
  }

  /**
   * @param question its number
   */
  SessionView follow(String id, int question) {
    while (true) {
      try {
        return link.client().follow(id, question, new Shown(view, () -> losses = 0));
      } catch (NodeGone gone) {
        takeOver(id, gone);
      }
    }
  }

  private void takeOver(String id, NodeGone gone) {
    if (link.ownsNode() || ++losses > MAX_LOSSES) {
      throw gone;
    }
    try {
      var client = link.renew();
      view.say(
          link.ownsNode()
              ? "the node in the other terminal is gone; this terminal took over session " + id
              : "the node in the other terminal is gone; another one took over session " + id);
      if (!client.session(id).ended()) {
        client.resume(id);
      }
    } catch (NodeGone again) {
      view.say("that node is gone too");
    } catch (Refused refusal) {
      if (refusal.status() != 409) { // 409: it ended, or somebody was faster
        throw refusal;
      }
    }
  }

  /** Keeps a node of our own alive for the sessions that other terminals have on it. */
  void stayForOthers(String id, Consumer<List<SessionSummary>> announcement) {
    Set<String> over = new HashSet<>(Set.of(id));
    boolean announced = false;
    while (link.ownsNode()) {
      var others = others(over);
      if (others.isEmpty()) {
        return;
      }
      if (!announced) {
        announcement.accept(others);
        announced = true;
      }
      var next = others.getFirst().id();
      link.client().follow(next, _ -> {});
      over.add(next);
    }
  }

  private List<SessionSummary> others(Set<String> over) {
    return link.client().sessions().stream()
        .filter(session -> List.of("running", "planning").contains(session.status()))
        .filter(session -> !over.contains(session.id()))
        .toList();
  }
}
