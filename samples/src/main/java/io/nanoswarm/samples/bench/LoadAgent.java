package io.nanoswarm.samples.bench;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.session.Outcome;
import org.apache.pekko.actor.typed.Behavior;

/** Does the {@link Load} that its task names; the task that names none writes the answer. */
public final class LoadAgent implements Agent {
  /** The parameter that holds the work. */
  static final String WORK = "work";

  @Override
  public Behavior<Message> create() {
    return Agent.blocking(LoadAgent::perform).create();
  }

  private static Outcome perform(Task task, SwarmContext swarm) throws InterruptedException {
    var work = task.parameter(WORK).map(Load::parse);
    if (work.isPresent()) {
      return new Outcome.Completed(Long.toHexString(work.get().perform()));
    }
    var answer =
        Draft.of(new EntryPath("final/answer.md"), task.inputs().size() + " tasks were done.\n");
    var _ = swarm.blackboard().post(answer).toCompletableFuture().join();
    return new Outcome.Completed("all done");
  }
}
