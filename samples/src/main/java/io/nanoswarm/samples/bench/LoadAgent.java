package io.nanoswarm.samples.bench;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import org.apache.pekko.actor.typed.Behavior;

/** Does the {@link Load} that its task names; the task that names none writes the answer. */
public final class LoadAgent implements Agent {
  /** The parameter that holds the work. */
  static final String WORK = "work";

  @Override
  public Behavior<Message> create() {
    return Agent.blocking(LoadAgent::perform).create();
  }

  private static AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    var work = task.parameter(WORK).map(Load::parse);
    if (work.isPresent()) {
      return AttemptEnd.completed(Long.toHexString(work.get().perform()));
    }
    var _ = swarm.post("final/answer", task.inputs().size() + " tasks were done.\n");
    return AttemptEnd.completed("all done");
  }
}
