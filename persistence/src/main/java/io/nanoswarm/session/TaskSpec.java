package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.HashMap;
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
 * @param needs what the node must have where it is done; JSON leaves them out if there are none
 */
public record TaskSpec(
    TaskId id,
    AgentRole role,
    String title,
    String instructions,
    Map<String, String> parameters,
    List<TaskId> after,
    Priority priority,
    Limits limits,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Need> needs) {

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
    needs = needs == null ? List.of() : List.copyOf(needs);
  }

  /** A task that may begin at once, of normal priority, with the usual limits. */
  public static TaskSpec of(TaskId id, AgentRole role, String title) {
    return new TaskSpec(
        id, role, title, "", Map.of(), List.of(), Priority.NORMAL, Limits.DEFAULT, List.of());
  }

  public TaskSpec withRole(AgentRole other) {
    return new TaskSpec(id, other, title, instructions, parameters, after, priority, limits, needs);
  }

  public TaskSpec withInstructions(String text) {
    return new TaskSpec(id, role, title, text, parameters, after, priority, limits, needs);
  }

  public TaskSpec withParameters(Map<String, String> other) {
    return new TaskSpec(id, role, title, instructions, other, after, priority, limits, needs);
  }

  /** With one parameter more, or another value of it. */
  public TaskSpec withParameter(String name, String value) {
    var more = new HashMap<>(parameters);
    more.put(name, value);
    return new TaskSpec(id, role, title, instructions, more, after, priority, limits, needs);
  }

  public TaskSpec withAfter(List<TaskId> before) {
    return new TaskSpec(id, role, title, instructions, parameters, before, priority, limits, needs);
  }

  public TaskSpec withPriority(Priority other) {
    return new TaskSpec(id, role, title, instructions, parameters, after, other, limits, needs);
  }

  public TaskSpec withLimits(Limits other) {
    return new TaskSpec(id, role, title, instructions, parameters, after, priority, other, needs);
  }

  public TaskSpec withNeeds(List<Need> other) {
    return new TaskSpec(id, role, title, instructions, parameters, after, priority, limits, other);
  }
}
