package io.nanoswarm.offline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.offline.figures.Figures;
import io.nanoswarm.offline.figures.FiguresEntry;
import io.nanoswarm.offline.figures.Measure;
import io.nanoswarm.offline.research.ChangedFiles;
import io.nanoswarm.offline.workspace.OpenWorkspace;
import io.nanoswarm.session.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Counts what bears on the question: the whole in a few figures, and the found files more closely,
 * as {@code designs/figures.md}, {@code figures-2.md} for the second question.
 *
 * <p>Guarantees: performing a task again over the same findings and the same history posts the same
 * entry.
 */
public final class AnalystAgent implements Agent {
  @Override
  public Behavior<Message> create() {
    return Agent.blocking((task, swarm) -> new AttemptEnd.Settled(perform(task, swarm.context())))
        .create();
  }

  static Outcome perform(Task task, SwarmContext swarm) throws IOException, InterruptedException {
    OpenWorkspace workspace =
        OpenWorkspace.open(task.workspace(), swarm.artifacts(), swarm.cache());
    List<String> found = ThisQuestion.foundFiles(task, workspace, swarm);
    var lines = new FileLines(workspace);
    Measure.Result result =
        Measure.of(workspace.root(), workspace.manifest().files(), found, lines, swarm::progress);
    Figures figures = result.figures();
    List<FileLines.Wanted> places =
        figures.places().stream()
            .map(each -> new FileLines.Wanted(each.path(), each.line()))
            .toList();
    var _ =
        Waiting.on(
            swarm
                .blackboard()
                .post(
                    FiguresEntry.draft(
                        figures,
                        lines.evidence(places),
                        task.entryPath(Section.DESIGNS, "figures"))));
    return new Outcome.Completed(summary(figures) + ChangedFiles.remark(result.changed()));
  }

  private static String summary(Figures figures) {
    int commits = figures.history().commits();
    return String.format(
        Locale.ROOT,
        "%,d lines in %,d files, %s",
        figures.whole().lines(),
        figures.whole().files(),
        commits == 0 ? "no history" : commits == 1 ? "1 commit" : commits + " commits");
  }
}
