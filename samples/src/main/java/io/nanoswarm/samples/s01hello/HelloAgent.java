package io.nanoswarm.samples.s01hello;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;

/** Answers every goal with a greeting. */
public final class HelloAgent implements Agent.Blocking {
  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    swarm.progress("greeting");
    swarm.post("final/answer", "# Hello\n\nYou asked: " + task.goal().text());
    return AttemptEnd.completed("said hello");
  }
}
