package io.nanoswarm.samples.s10nodeloss;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import java.util.concurrent.TimeUnit;

/** Takes ten steps, and remembers each, so that it goes on where it was if its JVM dies. */
public final class StepsAgent implements Agent.Blocking {
  static final int STEPS = 10;
  private static final String DONE = "done";

  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    int first = swarm.recall(DONE).map(Integer::parseInt).orElse(0) + 1;
    for (int step = first; step <= STEPS; step++) {
      swarm.progress("step %d of %d".formatted(step, STEPS));
      TimeUnit.MILLISECONDS.sleep(300); // the work
      swarm.remember(DONE, String.valueOf(step));
    }
    swarm.post(
        task.resultPath(), "Attempt %d began with step %d.".formatted(task.attempt(), first));
    return AttemptEnd.completed("took %d steps".formatted(STEPS - first + 1));
  }
}
