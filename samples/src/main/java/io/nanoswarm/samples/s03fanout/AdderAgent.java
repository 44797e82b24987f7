package io.nanoswarm.samples.s03fanout;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Section;

/** Adds up what the counters have left on the blackboard. */
public final class AdderAgent implements Agent.Blocking {
  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    var counts = swarm.read(Section.FINDINGS);
    int letters =
        counts.stream().mapToInt(count -> Integer.parseInt(count.draft().content())).sum();
    swarm.post(task.resultPath(), "%d letters, in %d parts".formatted(letters, counts.size()));
    return AttemptEnd.completed("added %d counts".formatted(counts.size()));
  }
}
