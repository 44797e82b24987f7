package io.nanoswarm.session;

import io.nanoswarm.trace.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session tells the host that begins an attempt.
 *
 * @param spec without the tasks before it, which {@code results} tell of
 * @param earlier what the session was asked before the goal
 * @param fence of the attempt: every request about it carries this
 * @param number counts the attempts at this task that count, from 1
 * @param lease from the grant, or the latest renewal, to the moment the attempt is over unless
 *     renewed
 * @param deadline when the attempt is over, renewed or not
 * @param results of the tasks planned before this one, and of its children
 * @param checkpoint what an earlier attempt left when it suspended or handed the task off
 * @param handedOffBy the role that handed the task off, if that is how it came here
 * @param trace what the session's spans belong to, null if it is not traced
 */
public record Assignment(
    TaskSpec spec,
    Goal goal,
    Earlier earlier,
    Workspace workspace,
    Fence fence,
    int number,
    Duration lease,
    Instant deadline,
    List<TaskResult> results,
    @Nullable String checkpoint,
    @Nullable String reply,
    @Nullable AgentRole handedOffBy,
    @Nullable TraceContext trace) {

  /**
   * How a task ended.
   *
   * @param fence of the attempt that settled it, null for a dead one
   */
  public record TaskResult(TaskId task, String title, @Nullable Fence fence, Outcome outcome) {}

  public Assignment {
    earlier = earlier == null ? Earlier.NONE : earlier;
    results = List.copyOf(results);
  }

  /** With results more. */
  public Assignment plus(List<TaskResult> more) {
    var all = new ArrayList<>(results);
    all.addAll(more);
    return new Assignment(
        spec,
        goal,
        earlier,
        workspace,
        fence,
        number,
        lease,
        deadline,
        all,
        checkpoint,
        reply,
        handedOffBy,
        trace);
  }
}
