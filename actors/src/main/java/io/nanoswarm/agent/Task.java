package io.nanoswarm.agent;

import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task, as an agent is given it.
 *
 * @param spec what was planned
 * @param goal what the user asked for
 * @param workspace the folder the session works on
 * @param attempt counts the attempts at this task, from 1
 * @param deadline when this attempt is over, whatever the agent does
 * @param inputs how the tasks ended that this one was planned after, and its children, if it waited
 *     for any
 * @param checkpoint what an earlier attempt left when it suspended, if one did
 * @param reply what a person answered, if the task waited for one
 */
public record Task(
    TaskSpec spec,
    Goal goal,
    Workspace workspace,
    int attempt,
    Instant deadline,
    List<Input> inputs,
    @Nullable String checkpoint,
    @Nullable String reply)
    implements CborSerializable {

  /**
   * How another task ended.
   *
   * @param fence of the attempt that settled it: what it posted carries the same
   */
  public record Input(TaskId task, String title, @Nullable Fence fence, Outcome outcome) {}

  public Task {
    inputs = List.copyOf(inputs);
  }

  public TaskId id() {
    return spec.id();
  }

  /** A parameter that the planner set, if it did. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(spec.parameters().get(name));
  }
}
