package io.nanoswarm.offline.critique;

/** What is thought of a finding; the text is how it stands on the blackboard. */
public enum Verdict {
  KEEP("keep"),
  WEAK("weak"),
  REPEATED("repeated"),
  OFF_TOPIC("off-topic"),
  NOT_VERBATIM("not verbatim");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
