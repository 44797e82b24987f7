package io.nanoswarm.agent;

import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskSpec;
import java.time.Instant;
import java.util.List;

/** How an agent ends an attempt. */
public sealed interface AttemptEnd {

  /**
   * With an outcome, whose text is cut to 2048 characters. A retryable failure is followed by
   * another attempt while the task has any left; every other outcome is the task's only one.
   */
  record Settled(Outcome outcome) implements AttemptEnd {}

  /**
   * Without counting it: the task is offered again. Attempts at one task may be released or suspend
   * it 1000 times in all; then it is dead.
   */
  record Released(String reason) implements AttemptEnd {}

  /**
   * Until all children have ended: the task is then performed again, as {@link Agent.Wake}, with
   * the checkpoint and the children's outcomes among its inputs. The agent is free meanwhile, so
   * that a child may need the same role, and the same agent.
   *
   * @param children their ids are made with {@link io.nanoswarm.session.TaskId#child}; creating one
   *     again is creating it once; at most 128 KiB of them at once, which is some hundreds
   * @param checkpoint what the task's next attempt is told; at most 64 KiB as UTF-8, here and below
   */
  record Delegated(List<TaskSpec> children, String checkpoint) implements AttemptEnd {
    public Delegated {
      children = List.copyOf(children);
    }
  }

  /** Until a person has answered; the task then wakes with checkpoint and answer. */
  record AskedHuman(String question, String checkpoint) implements AttemptEnd {}

  /** Until a moment has passed; the task then wakes with the checkpoint. */
  record Slept(Instant until, String checkpoint) implements AttemptEnd {}

  /**
   * The same task goes on in another role, which is given the context as checkpoint. At most 16
   * times for one task.
   */
  record HandedOff(AgentRole role, String context) implements AttemptEnd {}

  /** Done. */
  static AttemptEnd completed(String summary) {
    return new Settled(new Outcome.Completed(summary));
  }

  /** Failed, and worth another attempt. */
  static AttemptEnd failed(String reason) {
    return new Settled(new Outcome.Failed(reason, true));
  }

  /** Failed for good. */
  static AttemptEnd impossible(String reason) {
    return new Settled(new Outcome.Failed(reason, false));
  }
}
