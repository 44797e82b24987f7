package io.nanoswarm.top;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.NodesView.NodeView;
import io.nanoswarm.api.OverviewView;
import io.nanoswarm.api.OverviewView.QueueView;
import io.nanoswarm.api.OverviewView.SessionRow;
import io.nanoswarm.api.SessionPriority;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Span;
import io.nanoswarm.terminal.StateWord;
import io.nanoswarm.terminal.Tone;
import io.nanoswarm.top.Columns.Column;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * What each pane lists. Pure.
 *
 * @param now by the clock of the node that has answered
 */
record PaneRows(OverviewView seen, Instant now, Look look) {

  /** The header, then a line for each row. */
  List<AttributedString> lines(Pane pane, int width) {
    return switch (pane) {
      case SESSIONS -> sessions().lines(seen.sessions(), width);
      case AGENTS -> agents().lines(seen.agents(), width);
      case QUEUES -> queues().lines(seen.queues(), width);
      case NODES -> nodes().lines(seen.nodes(), width);
    };
  }

  int count(Pane pane) {
    return switch (pane) {
      case SESSIONS -> seen.sessions().size();
      case AGENTS -> seen.agents().size();
      case QUEUES -> seen.queues().size();
      case NODES -> seen.nodes().size();
    };
  }

  private Columns<SessionRow> sessions() {
    List<Column<SessionRow>> columns =
        List.of(
            left("SESSION", 9, session -> text(session.id())),
            left("STATE", 10, session -> StateWord.of(session.status(), look)),
            right("TASKS", 7, this::tasks),
            right("AGE", 4, session -> text(age(session.openedAt()))),
            right("ASKS", 9, session -> asks(session.questions().size())),
            right("PRIORITY", 6, this::priority),
            left("QUESTION", 10, session -> text(session.goal())));
    boolean alike = seen.sessions().stream().allMatch(session -> priority(session).width() == 0);
    return new Columns<>(
        columns.stream().filter(each -> !alike || !each.title().equals("PRIORITY")).toList(), look);
  }

  /** What is usual goes without saying. */
  private Line priority(SessionRow session) {
    var word = session.priority();
    return look.line()
        .text(
            Tone.ACCENT,
            word == null || word.equals(SessionPriority.NORMAL.word()) || session.endedAt() != null
                ? ""
                : word);
  }

  private Line tasks(SessionRow session) {
    var tasks = session.tasks();
    if (tasks == null) {
      return text("");
    }
    var line = text("%d/%d".formatted(tasks.ended(), tasks.all()));
    return tasks.lost() == 0 ? line : line.text(Tone.BAD, " -" + tasks.lost());
  }

  private Line asks(int questions) {
    return look.line().text(Tone.WARN, questions == 0 ? "" : Integer.toString(questions));
  }

  private Columns<AgentView> agents() {
    return new Columns<>(
        List.of(
            left("AGENT", 9, agent -> text(agent.name())),
            left("STATE", 9, agent -> StateWord.of(agent.state(), look)),
            left("NODE", 5, agent -> text(agent.node() == null ? "" : agent.node())),
            right("PID", 3, agent -> text(agent.pid() == null ? "" : agent.pid().toString())),
            right(
                "MEMORY",
                6,
                agent -> text(agent.megabytes() == null ? "" : agent.megabytes() + " MB")),
            right(
                "DIED",
                7,
                agent ->
                    look.line()
                        .text(Tone.WARN, agent.restarts() == 0 ? "" : agent.restarts() + "x")),
            left("DOES", 10, this::does)),
        look);
  }

  private Line does(AgentView agent) {
    if (agent.task() != null) {
      return text(agent.task());
    }
    return look.line().text(Tone.DIM, agent.lastDeath() == null ? "" : agent.lastDeath());
  }

  private Columns<QueueView> queues() {
    return new Columns<>(
        List.of(
            left("ROLE", 9, queue -> text(queue.role())),
            right("WAITING", 9, queue -> number(queue.waiting())),
            right(
                "OLDEST",
                8,
                queue -> text(queue.oldestSince() == null ? "" : age(queue.oldestSince()))),
            right("RUNNING", 7, queue -> number(queue.running())),
            right("LATER", 4, queue -> number(queue.later())),
            right("AGENTS UP", 6, queue -> number(queue.agents())),
            left("", 10, this::queueNote)),
        look);
  }

  private Line queueNote(QueueView queue) {
    return look.line()
        .text(Tone.BAD, queue.waiting() > 0 && queue.agents() == 0 ? "no agent is up" : "");
  }

  private Columns<NodeView> nodes() {
    return new Columns<>(
        List.of(
            left("NODE", 9, node -> text(node.address())),
            left("STATE", 9, node -> StateWord.of(node.state(), look)),
            left("ROLES", 4, node -> text(String.join(" ", node.roles()))),
            right("AGENTS", 8, node -> text(node.agents() == null ? "" : "" + node.agents())),
            right(
                "CORES", 5, node -> text(node.offers() == null ? "" : "" + node.offers().cores())),
            right(
                "MEMORY",
                3,
                node ->
                    text(node.offers() == null ? "" : Words.size(node.offers().memoryMegabytes()))),
            left(
                "", 10, node -> look.line().text(Tone.DIM, node.supervises() ? "supervises" : ""))),
        look);
  }

  private String age(@Nullable Instant since) {
    return Span.words(since, null, now);
  }

  private Line number(int number) {
    return look.line().text(number == 0 ? Tone.DIM : Tone.PLAIN, Integer.toString(number));
  }

  private Line text(String words) {
    return look.line().text(words);
  }

  private static <R> Column<R> left(String title, int worth, Function<R, Line> cell) {
    return new Column<>(title, worth, false, cell);
  }

  private static <R> Column<R> right(String title, int worth, Function<R, Line> cell) {
    return new Column<>(title, worth, true, cell);
  }
}
