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
import io.nanoswarm.offline.critique.VerbatimCheck;
import io.nanoswarm.offline.workspace.OpenWorkspace;
import io.nanoswarm.session.Outcome;
import java.io.IOException;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Judges every finding of a question, and posts the judgement as {@code critiques/critique.md},
 * {@code critique-2.md} for the second question.
 */
public final class CriticAgent implements Agent {
  @Override
  public Behavior<Message> create() {
    return Agent.blocking((task, swarm) -> new AttemptEnd.Settled(perform(task, swarm.context())))
        .create();
  }

  static Outcome perform(Task task, SwarmContext swarm) throws IOException, InterruptedException {
    OpenWorkspace workspace =
        OpenWorkspace.open(task.workspace(), swarm.artifacts(), swarm.cache());
    List<Entry> entries = ThisQuestion.entries(task, Section.FINDINGS, swarm);
    Critique critique = ThisQuestion.judge(task, workspace, entries, swarm);
    List<Entry> designs = ThisQuestion.entries(task, Section.DESIGNS, swarm);
    EvidenceCheck others =
        EvidenceCheck.of(designs, new VerbatimCheck(workspace.root(), workspace.manifest()));
    var _ =
        Waiting.on(
            swarm
                .blackboard()
                .post(
                    CritiqueEntry.draft(
                        critique, others, task.entryPath(Section.CRITIQUES, "critique"))));
    return new Outcome.Completed(
        "%d of %d findings stand".formatted(critique.kept().size(), critique.judged().size()));
  }
}
