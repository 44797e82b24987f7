package io.nanoswarm.samples.s06critic;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Section;

/** Rejects what is longer than six words. That it rejects is no failure of the critic's task. */
public final class CriticAgent implements Agent.Blocking {
  static final String ACCEPTED = "accepted";
  private static final int MOST_WORDS = 6;

  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    String path = task.parameter("draft").orElseThrow();
    var draft =
        swarm.read(Section.DESIGNS).stream()
            .filter(entry -> entry.path().value().equals(path))
            .findFirst()
            .orElseThrow();
    int words = draft.draft().content().split("\\s+").length;
    if (words <= MOST_WORDS) {
      return AttemptEnd.completed(ACCEPTED);
    }
    String critique = "%d words, and %d would do".formatted(words, MOST_WORDS);
    swarm.post(task.resultPath(), critique);
    return AttemptEnd.completed("rejected: " + critique);
  }
}
