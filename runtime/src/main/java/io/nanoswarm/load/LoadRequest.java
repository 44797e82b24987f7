package io.nanoswarm.load;

import io.nanoswarm.client.Isolation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load test shall do.
 *
 * @param agents how many agents, one number for each point that is measured, ascending; each 1 to
 *     {@value #MAX_AGENTS}
 * @param rate tasks that arrive in a second, whatever becomes of those before; null for as many as
 *     go: whoever is done takes the next
 * @param duration of the time that is measured, of each point and repeat
 * @param warmUp before it, of which nothing counts
 * @param repeats how often all is measured, each time on a node of its own
 * @param sessions that tasks are spread over; {@value #EACH} for a session of its own for each
 * @param perMachine agents on each machine node, which are started for it; {@value #NO_MACHINES}:
 *     all agents are on the control node's own machine
 */
public record LoadRequest(
    List<Integer> agents,
    Isolation isolation,
    Work work,
    @Nullable Double rate,
    Duration duration,
    Duration warmUp,
    int repeats,
    int sessions,
    int perMachine) {
  public static final int MAX_AGENTS = 1000;
  public static final int MAX_POINTS = 20;
  public static final int MAX_REPEATS = 100;
  public static final int MAX_SESSIONS = 1000;
  public static final double MAX_RATE = 100_000;

  public static final int NO_MACHINES = 0;
  public static final int MAX_MACHINES = 32;

  /** Every task is a session. */
  public static final int EACH = 0;

  public LoadRequest {
    agents = agents.stream().distinct().sorted().toList();
    if (agents.isEmpty() || agents.size() > MAX_POINTS) {
      throw new IllegalArgumentException(
          "agents: %d numbers (expected: 1 to %d)".formatted(agents.size(), MAX_POINTS));
    }
    for (int count : agents) {
      if (count < 1 || count > MAX_AGENTS) {
        throw new IllegalArgumentException(
            "agents: %d (expected: 1 to %d)".formatted(count, MAX_AGENTS));
      }
    }
    if (rate != null && !(rate > 0 && rate <= MAX_RATE)) {
      throw new IllegalArgumentException(
          "rate: %s (expected: > 0, at most %.0f)".formatted(rate, MAX_RATE));
    }
    if (!duration.isPositive() || warmUp.isNegative()) {
      throw new IllegalArgumentException(
          "duration: %s, warm-up: %s (expected: > 0, >= 0)".formatted(duration, warmUp));
    }
    if (repeats < 1 || repeats > MAX_REPEATS) {
      throw new IllegalArgumentException(
          "repeats: %d (expected: 1 to %d)".formatted(repeats, MAX_REPEATS));
    }
    if (sessions < 0 || sessions > MAX_SESSIONS) {
      throw new IllegalArgumentException(
          "sessions: %d (expected: 1 to %d)".formatted(sessions, MAX_SESSIONS));
    }
    if (perMachine != NO_MACHINES
        && (perMachine < 1 || Math.ceilDiv(agents.getLast(), perMachine) > MAX_MACHINES)) {
      throw new IllegalArgumentException(
          "agents of a machine: %d of %d (expected: at least 1, for at most %d machines)"
              .formatted(perMachine, agents.getLast(), MAX_MACHINES));
    }
  }

  /** How many machine nodes so many agents are spread over. */
  public int machines(int agents) {
    return perMachine == NO_MACHINES ? 0 : Math.ceilDiv(agents, perMachine);
  }

  /** Whether tasks arrive by a schedule, and not as they are taken. */
  public boolean open() {
    return rate != null;
  }

  /** The most agents that are asked for. */
  public int mostAgents() {
    return agents.getLast();
  }
}
