package io.nanoswarm.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A task as it is planned or delegated, before anyone has tried it.
 *
 * @param id derives from session, parent and name
 * @param role which agents may do it
 * @param title one line for people
 * @param instructions what the agent is told
 * @param parameters values for the agent's code, by name
 * @param after tasks that must have ended, well or not, before this one is offered
 * @param priority its place in the queue of its role
 * @param limits how often and how long it may be tried
 */
public record TaskSpec(
    TaskId id,
    AgentRole role,
    String title,
    String instructions,
    Map<String, String> parameters,
    List<TaskId> after,
    Priority priority,
    Limits limits) {

  /**
   * @param maxAttempts attempts before the task is dead, 1 to 100; an attempt that was cut off
   *     counts, one that was released or that ended with its control node does not
   * @param timeLimit from the beginning of an attempt to its end, at most a year; an attempt that
   *     takes longer is over
   */
  public record Limits(int maxAttempts, Duration timeLimit) {
    private static final Duration LONGEST = Duration.ofDays(365);

    public static final Limits DEFAULT = new Limits(3, Duration.ofMinutes(10));

    public Limits {
      if (maxAttempts < 1 || maxAttempts > 100) {
        throw new IllegalArgumentException(
            "maxAttempts: %d (expected: 1 to 100)".formatted(maxAttempts));
      }
      if (!timeLimit.isPositive() || timeLimit.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "timeLimit: %s (expected: > 0, at most %s)".formatted(timeLimit, LONGEST));
      }
    }
  }

  public TaskSpec {
    parameters = Map.copyOf(parameters);
    after = List.copyOf(after);
  }
}
