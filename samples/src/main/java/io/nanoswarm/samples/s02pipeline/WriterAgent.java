package io.nanoswarm.samples.s02pipeline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Section;

/** Makes sentences of the outline. */
public final class WriterAgent implements Agent.Blocking {
  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    var text = new StringBuilder();
    for (var outline : swarm.read(Section.FINDINGS)) {
      outline
          .draft()
          .content()
          .lines()
          .forEach(line -> text.append("We need ").append(line.substring(2)).append(". "));
    }
    swarm.post(task.resultPath(), text.toString().strip());
    return AttemptEnd.completed("wrote %d characters".formatted(text.length()));
  }
}
