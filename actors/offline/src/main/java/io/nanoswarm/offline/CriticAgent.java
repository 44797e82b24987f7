package io.nanoswarm.offline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.offline.critique.Critique;
import io.nanoswarm.offline.critique.CritiqueEntry;
import io.nanoswarm.offline.critique.EvidenceCheck;
import io.nanoswarm.offline.critique.Objection;
import io.nanoswarm.offline.critique.VerbatimCheck;
import io.nanoswarm.offline.research.FindingEntry;
import io.nanoswarm.offline.workspace.OpenWorkspace;
import io.nanoswarm.session.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Judges every finding of a question, and posts the judgement as {@code critiques/critique.md},
 * {@code critique-2.md} for the second question.
 *
 * <p>Guarantees: if findings among the best are off the question, they are sent back once, as a
 * task for a researcher that is this one's child; what it brings is judged with the rest. How often
 * this task is done, and by whom, changes nothing of it.
 */
public final class CriticAgent implements Agent {
  private static final String SENT_BACK = "sent back";

  @Override
  public Behavior<Message> create() {
    return Agent.blocking((task, swarm) -> perform(task, swarm.context())).create();
  }

  static AttemptEnd perform(Task task, SwarmContext swarm)
      throws IOException, InterruptedException {
    OpenWorkspace workspace =
        OpenWorkspace.open(task.workspace(), swarm.artifacts(), swarm.cache());
    List<Entry> entries = ThisQuestion.entries(task, Section.FINDINGS, swarm);
    Critique critique = ThisQuestion.judge(task, workspace, entries, swarm);
    Optional<Objection> objection =
        Objection.to(critique, FindingEntry.coverage(ThisQuestion.of(task), entries));
    if (objection.isPresent() && !task.woken()) {
      return new AttemptEnd.Delegated(List.of(SearchPlan.again(task, objection.get())), SENT_BACK);
    }
    List<Entry> designs = ThisQuestion.entries(task, Section.DESIGNS, swarm);
    EvidenceCheck others =
        EvidenceCheck.of(designs, new VerbatimCheck(workspace.root(), workspace.manifest()));
    var _ =
        Waiting.on(
            swarm
                .blackboard()
                .post(
                    CritiqueEntry.draft(
                        critique,
                        others,
                        again(task),
                        task.entryPath(Section.CRITIQUES, "critique"))));
    return AttemptEnd.completed(
        "%d of %d findings stand".formatted(critique.kept().size(), critique.judged().size()));
  }

  /** What came of sending findings back; empty if none were. */
  private static Optional<String> again(Task task) {
    return task.inputs().stream()
        .filter(input -> SearchPlan.looksAgain(input.task()))
        .map(input ->
            switch (input.outcome()) {
              case Outcome.Completed(var summary) -> "Looked again: " + summary + ".";
              case Outcome.Failed(var reason, _) -> "Nobody could look again: " + reason;
              case Outcome.Cancelled(var reason) -> "Looking again was cancelled: " + reason;
            })
        .findFirst();
  }
}
