package io.nanoswarm.terminal;

/** The state of a session, task, agent or node, in the colour of good, moving or bad news. */
public final class StateWord {
  private StateWord() {}

  public static Line of(String state, Look look) {
    return look.line().text(tone(state), state);
  }

  public static Tone tone(String state) {
    return switch (state) {
      case "completed", "up" -> Tone.GOOD;
      case "running", "planning", "working", "starting" -> Tone.ACCENT;
      case "partial",
          "paused",
          "asking",
          "suspended",
          "restarting",
          "draining",
          "leaving",
          "joining",
          "timed-out" ->
          Tone.WARN;
      case "failed", "dead", "gave-up", "unreachable", "down" -> Tone.BAD;
      default -> Tone.DIM;
    };
  }
}
