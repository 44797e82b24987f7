package io.nanoswarm.session;

import java.util.List;

/**
 * The tasks that a goal was split into, and which of them answers it.
 *
 * @param tasks in the order in which they are shown; ids are unique
 * @param answer the task whose completion writes {@code final/}
 */
public record Plan(List<TaskSpec> tasks, TaskId answer) {
  /** Of one session, children included: what a node holds in memory and shows at once. */
  public static final int MAX_TASKS = 10_000;

  public Plan {
    tasks = List.copyOf(tasks);
  }
}
