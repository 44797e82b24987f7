package io.nanoswarm.offline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.offline.imports.FactsCache;
import io.nanoswarm.offline.imports.WorkspaceFacts;
import io.nanoswarm.offline.research.ChangedFiles;
import io.nanoswarm.offline.structure.Structure;
import io.nanoswarm.offline.structure.StructureEntry;
import io.nanoswarm.offline.structure.Survey;
import io.nanoswarm.offline.workspace.OpenWorkspace;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Says how the workspace hangs together, above all around the found files, as {@code
 * designs/structure.md}, {@code structure-2.md} for the second question.
 *
 * <p>Guarantees: performing a task again over the same findings posts the same entry.
 */
public final class ArchitectAgent implements Agent {
  @Override
  public Behavior<Message> create() {
    return Agent.blocking((task, swarm) -> new AttemptEnd.Settled(perform(task, swarm.context())))
        .create();
  }

  static Outcome perform(Task task, SwarmContext swarm) throws IOException, InterruptedException {
    OpenWorkspace workspace =
        OpenWorkspace.open(task.workspace(), swarm.artifacts(), swarm.cache());
    List<Manifest.File> files = workspace.manifest().files();
    WorkspaceFacts facts =
        WorkspaceFacts.read(
            workspace.root(), files, new FactsCache(swarm.cache()), swarm::progress);
    swarm.progress("putting together what depends on what");
    List<String> found = ThisQuestion.foundFiles(task, workspace, swarm);
    var lines = new FileLines(workspace);
    Structure structure =
        Survey.of(facts.byPath(), files.stream().map(Manifest.File::path).toList(), found, lines);
    List<FileLines.Wanted> places =
        structure.places().stream()
            .map(each -> new FileLines.Wanted(each.path(), each.line()))
            .toList();
    var _ =
        Waiting.on(
            swarm
                .blackboard()
                .post(
                    StructureEntry.draft(
                        structure,
                        lines.evidence(places),
                        task.entryPath(Section.DESIGNS, "structure"))));
    return new Outcome.Completed(summary(structure) + ChangedFiles.remark(facts.changed()));
  }

  private static String summary(Structure structure) {
    int modules = structure.modules().size();
    int circles = structure.cycles().size() + structure.omitted().cycles();
    return "%s, %s between them, %s"
        .formatted(
            count(modules, "module", "modules"),
            count(
                structure.dependencies().size() + structure.omitted().dependencies(),
                "dependency",
                "dependencies"),
            circles == 0 ? "no circle" : count(circles, "circle", "circles"));
  }

  private static String count(int number, String one, String many) {
    return number == 1 ? "1 " + one : number + " " + many;
  }
}
