package io.nanoswarm.cli;

import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Tone;

/** The state of a session, task or agent, in the colour of good, moving or bad news. */
final class StateWord {
  private StateWord() {}

  static Line of(String state, Look look) {
    return look.line().text(tone(state), state);
  }

  static Tone tone(String state) {
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
