package io.nanoswarm.samples.s02pipeline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Section;

/** Gives the draft a heading. */
public final class EditorAgent implements Agent.Blocking {
  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    var drafts = swarm.read(Section.DESIGNS);
    if (drafts.isEmpty()) {
      return AttemptEnd.impossible("there is no draft");
    }
    swarm.post(task.resultPath(), "# Our needs\n\n" + drafts.getFirst().draft().content());
    return AttemptEnd.completed("edited it");
  }
}
