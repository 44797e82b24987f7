package io.nanoswarm.samples.s06critic;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskSpec;
import java.util.List;

/**
 * Has drafts written and criticized until one is accepted. What it knows between two rounds stands
 * in the checkpoint: the number of the round.
 */
public final class EditorAgent implements Agent.Blocking {
  private static final int MOST_ROUNDS = 4;
  private static final int FEWER_WORDS = 3;

  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    if (task.checkpoint() == null) {
      return round(task, 1);
    }
    int round = Integer.parseInt(task.checkpoint());
    if (accepted(task, round)) {
      swarm.post(task.resultPath(), draft(swarm, round));
      return AttemptEnd.completed("accepted in round " + round);
    }
    return round < MOST_ROUNDS
        ? round(task, round + 1)
        : AttemptEnd.impossible("no draft was accepted in %d rounds".formatted(round));
  }

  /** A draft, then its critique; each further draft is to be shorter. */
  private static AttemptEnd round(Task task, int round) {
    String path = "designs/draft-%d.md".formatted(round);
    var draft =
        TaskSpec.of(task.id().child("draft-" + round), new AgentRole("writer"), "Write a draft")
            .withParameter(Task.RESULT, path)
            .withParameter("words", String.valueOf((MOST_ROUNDS - round) * FEWER_WORDS));
    var critique =
        TaskSpec.of(task.id().child("critique-" + round), new AgentRole("critic"), "Judge it")
            .withAfter(List.of(draft.id()))
            .withParameter(Task.RESULT, "critiques/draft-" + round)
            .withParameter("draft", path);
    return new AttemptEnd.Delegated(List.of(draft, critique), String.valueOf(round));
  }

  private static boolean accepted(Task task, int round) {
    var critique = task.id().child("critique-" + round);
    return task.inputs().stream()
        .filter(input -> input.task().equals(critique))
        .anyMatch(input -> input.outcome().equals(new Outcome.Completed(CriticAgent.ACCEPTED)));
  }

  private static String draft(BlockingSwarm swarm, int round) throws InterruptedException {
    return swarm.read(Section.DESIGNS).stream()
        .filter(entry -> entry.path().value().equals("designs/draft-%d.md".formatted(round)))
        .findFirst()
        .orElseThrow()
        .draft()
        .content();
  }
}
