package io.nanoswarm.testkit;

import io.nanoswarm.history.History;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskRecord;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a session and its tasks. */
public final class RunAssert extends AbstractAssert<RunAssert, SwarmRun> {
  RunAssert(SwarmRun run) {
    super(run, RunAssert.class);
  }

  /**
   * What is stored of it keeps the promises of a swarm, whatever was done to it: see {@link
   * History#contradictions}.
   */
  public RunAssert hasSoundHistory() {
    isNotNull();
    var contradictions = actual.history().contradictions();
    if (!contradictions.isEmpty()) {
      throw failure("the history of %s: %s", actual.id(), String.join("; ", contradictions));
    }
    return this;
  }

  /** It has ended, with everything done. */
  public RunAssert isCompleted() {
    return hasEnded(new Ending.Completed());
  }

  public RunAssert hasEnded(Ending expected) {
    isNotNull();
    Ending ending = actual.ending().orElse(null);
    if (!expected.equals(ending)) {
      throw failureWithActualExpected(
          String.valueOf(ending), expected, "ending: %s (expected: %s)", ending, expected);
    }
    return this;
  }

  /** A task was settled with just this outcome. */
  public RunAssert hasOutcome(String task, Outcome expected) {
    isNotNull();
    Outcome outcome = actual.outcome(task).orElse(null);
    if (!expected.equals(outcome)) {
      throw failureWithActualExpected(
          String.valueOf(outcome),
          expected,
          "outcome of %s: %s (expected: %s; it is %s)",
          task,
          outcome,
          expected,
          actual.task(task).map(TaskRecord::phase).orElse(null));
    }
    return this;
  }

  /** So many attempts at a task have ended that count, and did not settle it. */
  public RunAssert hasLostAttempts(String task, int expected) {
    isNotNull();
    var record = actual.task(task).orElseThrow(() -> failure("there is no task %s", task));
    if (record.attempts() != expected) {
      throw failureWithActualExpected(
          record.attempts(),
          expected,
          "lost attempts at %s: %d (expected: %d; they ended so: %s)",
          task,
          record.attempts(),
          expected,
          record.history());
    }
    return this;
  }
}
