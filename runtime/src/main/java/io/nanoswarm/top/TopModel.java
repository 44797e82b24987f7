package io.nanoswarm.top;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.NodesView.NodeView;
import io.nanoswarm.api.OverviewView;
import io.nanoswarm.api.OverviewView.QueueView;
import io.nanoswarm.api.OverviewView.SessionRow;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is shown, and what is chosen in it. Pure.
 *
 * @param where the endpoint that answered last, empty before one has
 * @param seen null before the first answer
 * @param lost null while a node answers
 * @param chosen in each pane
 * @param note what became of the last thing that was done, null if nothing was since
 */
record TopModel(
    String where,
    @Nullable OverviewView seen,
    @Nullable Lost lost,
    Pane pane,
    Map<Pane, Choice> chosen,
    Mode mode,
    @Nullable Note note) {

  static final TopModel EMPTY =
      new TopModel("", null, null, Pane.SESSIONS, Map.of(), new Mode.Browsing(), null);

  /** No node answers. */
  record Lost(Instant since, String why) {}

  /** For people. */
  record Note(boolean good, String text) {}

  /**
   * A row, by what it is: it stays chosen when others come and go.
   *
   * @param id of the row
   * @param index where it stood, for the time when it is gone
   */
  record Choice(String id, int index) {
    static final Choice FIRST = new Choice("", 0);
  }

  TopModel {
    chosen = Map.copyOf(chosen);
  }

  /** A node has answered. */
  TopModel heard(String from, OverviewView overview) {
    return new TopModel(from, overview, null, pane, chosen, mode, note).settled();
  }

  /** No node answers; what was seen stays. */
  TopModel notHeard(Instant at, String why) {
    var since = lost == null ? at : lost.since();
    return new TopModel(where, seen, new Lost(since, why), pane, chosen, mode, note);
  }

  TopModel on(Pane other) {
    return new TopModel(where, seen, lost, other, chosen, mode, note).settled();
  }

  TopModel in(Mode other) {
    return new TopModel(where, seen, lost, pane, chosen, other, note);
  }

  TopModel saying(@Nullable Note other) {
    return new TopModel(where, seen, lost, pane, chosen, mode, other);
  }

  /** An answer that was not taken is there to be sent again, unless something else was begun. */
  TopModel notDone(Act act, String why) {
    var told = saying(new Note(false, why));
    return act instanceof Act.Answer(var session, var question, var text)
            && mode instanceof Mode.Browsing
        ? told.in(new Mode.Answering(session, List.of(question), 0, text))
        : told;
  }

  /** Chooses the row that many further down; the first or last, if there is none. */
  TopModel move(long rows) {
    return choose(index() + rows);
  }

  private TopModel choose(long wanted) {
    var ids = ids();
    if (ids.isEmpty()) {
      return this;
    }
    int index = Math.clamp(wanted, 0, ids.size() - 1);
    var choices = new EnumMap<Pane, Choice>(Pane.class);
    choices.putAll(chosen);
    choices.put(pane, new Choice(ids.get(index), index));
    return new TopModel(where, seen, lost, pane, choices, mode, note);
  }

  /** The choice stands on a row that is there. */
  private TopModel settled() {
    return choose(index());
  }

  /** Of the chosen row, from 0; 0 as well if there is no row. */
  int index() {
    var choice = chosen.getOrDefault(pane, Choice.FIRST);
    int found = ids().indexOf(choice.id());
    return found >= 0 ? found : Math.min(choice.index(), Math.max(0, ids().size() - 1));
  }

  /** What tells the rows of the pane apart. */
  private List<String> ids() {
    if (seen == null) {
      return List.of();
    }
    return switch (pane) {
      case SESSIONS -> seen.sessions().stream().map(SessionRow::id).toList();
      case AGENTS -> seen.agents().stream().map(TopModel::id).toList();
      case QUEUES -> seen.queues().stream().map(QueueView::role).toList();
      case NODES -> seen.nodes().stream().map(NodeView::address).toList();
    };
  }

  /** While an agent is being replaced, there are two of its name. */
  private static String id(AgentView agent) {
    return agent.state().equals("draining") ? agent.name() + " of " + agent.worker() : agent.name();
  }

  Optional<SessionRow> session() {
    return seen == null ? Optional.empty() : at(seen.sessions(), Pane.SESSIONS);
  }

  Optional<AgentView> agent() {
    return seen == null ? Optional.empty() : at(seen.agents(), Pane.AGENTS);
  }

  Optional<NodeView> node() {
    return seen == null ? Optional.empty() : at(seen.nodes(), Pane.NODES);
  }

  private <T> Optional<T> at(List<T> rows, Pane of) {
    return pane == of && index() < rows.size() ? Optional.of(rows.get(index())) : Optional.empty();
  }
}
