package io.nanoswarm.samples.s05handoff;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;

/** Refunds, and says so. */
public final class RefundsAgent implements Agent.Blocking {
  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    swarm.post(
        task.resultPath(),
        "Your money is on its way.\n\n(%s told me: %s)"
            .formatted(task.handedOffBy(), task.checkpoint()));
    return AttemptEnd.completed("refunded");
  }
}
