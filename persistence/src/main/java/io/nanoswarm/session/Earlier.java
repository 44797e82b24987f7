package io.nanoswarm.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What a session was asked before the question that is worked on.
 *
 * @param asked how many questions there were before, 0 for a session's first
 * @param goals the latest of them, oldest first: as many as have {@value #LETTERS} characters
 *     together, the latest in any case
 * @param filesChanged whether the folder is not what it was at the question before
 */
public record Earlier(int asked, List<Goal> goals, boolean filesChanged) {
  /** Nothing: it is the session's first question. */
  public static final Earlier NONE = new Earlier(0, List.of(), false);

  /** What fits into a message beside all else. */
  static final int LETTERS = 8192;

  public Earlier {
    goals = goals == null ? List.of() : List.copyOf(goals);
  }

  /** After these, oldest first. */
  static Earlier of(List<Goal> all, boolean filesChanged) {
    var latest = new ArrayList<Goal>();
    int letters = 0;
    for (Goal goal : all.reversed()) {
      letters += goal.text().length();
      if (!latest.isEmpty() && letters > LETTERS) {
        break;
      }
      latest.addFirst(goal);
    }
    return new Earlier(all.size(), latest, filesChanged);
  }

  /** The number of the question that is worked on, from 1. */
  public int question() {
    return asked + 1;
  }

  /** The earlier questions in the user's words, oldest first. */
  public List<String> texts() {
    return goals.stream().map(Goal::text).toList();
  }
}
