package io.nanoswarm.api;

import io.nanoswarm.api.AgentsView.AgentView;
import io.nanoswarm.api.NodesView.NodeView;
import io.nanoswarm.api.SessionView.QuestionView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole swarm at a moment, at a glance.
 *
 * @param at when it was asked for, by the node's clock
 * @param nodes the oldest first
 * @param agents by role and number
 * @param queues by role; just of roles that agents have, or tasks of sessions that are driven
 * @param sessions those that are not over, then the latest that are, each the newest first
 * @param ended how many sessions are over, those that are not listed included
 * @param silent what did not answer in time, as {@code agents} or {@code session 7f3a}; nothing is
 *     told of it
 */
public record OverviewView(
    Instant at,
    List<NodeView> nodes,
    List<AgentView> agents,
    List<QueueView> queues,
    List<SessionRow> sessions,
    int ended,
    List<String> silent) {
  public OverviewView {
    nodes = List.copyOf(nodes);
    agents = List.copyOf(agents);
    queues = List.copyOf(queues);
    sessions = List.copyOf(sessions);
    silent = List.copyOf(silent);
  }

  /**
   * The tasks of a role, over all sessions that are driven.
   *
   * @param waiting tasks that an agent could begin now
   * @param oldestSince since when the one of them could be begun that has waited longest: since the
   *     question was asked, or the last task before it ended. Earlier attempts are not taken off
   * @param running tasks that an agent works on
   * @param later tasks that wait for others, a person, or a moment, or whose session is paused
   * @param agents that are up
   */
  public record QueueView(
      String role,
      int waiting,
      @Nullable Instant oldestSince,
      int running,
      int later,
      int agents) {}

  /**
   * One session.
   *
   * @param status as in {@link SessionView}
   * @param goal the question that it works on, or that was its last
   * @param tasks null where nobody drives the session: it is not woken to be looked at
   * @param questions what it asks a person now
   * @param pausedAt since when a person has it paused; null if none has, and where nobody drives it
   * @param priority as {@link SessionPriority#word}; null where nobody drives it
   */
  public record SessionRow(
      String id,
      String status,
      String goal,
      Instant openedAt,
      @Nullable Instant endedAt,
      @Nullable TaskCount tasks,
      List<QuestionView> questions,
      @Nullable Instant pausedAt,
      @Nullable String priority) {
    public SessionRow {
      questions = List.copyOf(questions);
    }
  }

  /**
   * The tasks of a session's question.
   *
   * @param ended well or not
   * @param lost those of them that ended badly
   * @param running that an agent works on
   * @param all that there are so far
   */
  public record TaskCount(int ended, int lost, int running, int all) {}
}
