package io.nanoswarm.load.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where the time of a task goes, in the order of its life. */
public enum Part {
  ARRIVING("arriving", "from the intended start to the task's being stored as one that may begin"),
  WAITING("waiting for an agent", "the task is there, and no agent is free"),
  SCHEDULING("scheduling", "an agent is free: claim, match, and the begin of the attempt"),
  TO_AGENT("message to the agent", "from the session's grant to the agent"),
  AGENT("agent", "the work itself"),
  POSTING("posting", "the answer on the blackboard, stored"),
  TO_SESSION(
      "message to the session", "from the agent until its session's turn to take the outcome"),
  JOURNAL("journal", "from taking the outcome to its being stored");

  private final String title;
  private final String meaning;

  Part(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** Its name in JSON and on the page, as {@code to-agent}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String title() {
    return title;
  }

  public String meaning() {
    return meaning;
  }
}
