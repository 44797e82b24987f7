package io.nanoswarm.api;

import java.util.List;

/**
 * A plan as people see it, before anything is done.
 *
 * @param skipped what was passed over in the workspace, one line each
 */
public record PlanView(
    String goal,
    String workspace,
    int files,
    long bytes,
    List<PlannedTask> tasks,
    List<String> skipped) {

  /**
   * @param id the task's name within its session
   */
  public record PlannedTask(
      String id,
      String role,
      String title,
      String instructions,
      String priority,
      List<String> after) {}
}
