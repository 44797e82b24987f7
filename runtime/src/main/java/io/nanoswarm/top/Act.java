package io.nanoswarm.top;

import io.nanoswarm.api.SessionPriority;
import io.nanoswarm.api.SessionView.QuestionView;

/** What a person has the swarm do. */
public sealed interface Act {

  /** Ends a session for good. */
  record Cancel(String session) implements Act {}

  /** Takes a paused session up again. */
  record Resume(String session) implements Act {}

  /** Has nothing of a session begun until it is unpaused. */
  record Pause(String session) implements Act {}

  /** Lets a session go on that a person has paused. */
  record Unpause(String session) implements Act {}

  /** Makes a session more or less urgent than others. */
  record Prioritise(String session, SessionPriority priority) implements Act {}

  /** Has a node's agents replaced elsewhere. */
  record Drain(String node) implements Act {}

  /** Kills an agent's JVM, for another to be started. */
  record Kill(String agent) implements Act {}

  /** Answers what a task asks. */
  record Answer(String session, QuestionView question, String text) implements Act {}
}
