package io.nanoswarm.history;

import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.session.SessionEvent;
import java.util.List;

/**
 * All that was stored of one session, in the order of its journals.
 *
 * @param session what happened to it and its tasks
 * @param blackboard what was posted and marked
 */
public record History(List<SessionEvent> session, List<BlackboardEvent> blackboard) {
  public History {
    session = List.copyOf(session);
    blackboard = List.copyOf(blackboard);
  }

  /**
   * What in it contradicts the promises that a swarm makes, one sentence each; empty if nothing
   * does: no task lost, one outcome each, no attempt heard after it is over, nothing done before
   * what it waits for, nothing called complete that is not, nothing posted out of turn.
   */
  public List<String> contradictions() {
    var found = new SessionHistory(session).contradictions();
    found.addAll(new BlackboardHistory(this).contradictions());
    return found;
  }
}
