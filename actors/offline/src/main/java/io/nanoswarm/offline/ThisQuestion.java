package io.nanoswarm.offline;

import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.offline.critique.Critique;
import io.nanoswarm.offline.critique.VerbatimCheck;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.research.FindingEntry;
import io.nanoswarm.offline.workspace.OpenWorkspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The question that a task works on, and what stands on the blackboard for it: others of the
 * session have their own.
 */
final class ThisQuestion {
  private static final int BEST_FILES = 6;

  private ThisQuestion() {}

  /** As it is understood after those that were asked before. */
  static Question of(Task task) {
    return Question.of(task.goal().text(), task.earlier().texts());
  }

  static List<Entry> entries(Task task, Section section, SwarmContext swarm)
      throws IOException, InterruptedException {
    return Waiting.on(swarm.blackboard().read(section)).stream()
        .filter(task::isOfThisQuestion)
        .toList();
  }

  /** The judgement on the findings among some entries; one that was found twice counts once. */
  static Critique judge(
      Task task, OpenWorkspace workspace, List<Entry> entries, SwarmContext swarm) {
    List<Finding> findings =
        new ArrayList<>(
            entries.stream()
                .map(FindingEntry::parse)
                .flatMap(Optional::stream)
                .collect(
                    Collectors.toMap(
                        each -> each.evidence().place(),
                        each -> each,
                        (first, _) -> first,
                        LinkedHashMap::new))
                .values());
    swarm.progress("comparing %d quotations with their files".formatted(findings.size()));
    return Critique.of(
        findings,
        FindingEntry.coverage(of(task), entries),
        new VerbatimCheck(workspace.root(), workspace.manifest()));
  }

  /**
   * The best files of which a finding stands, each once: the same for every order of findings, and
   * however the workspace was cut.
   */
  static List<String> foundFiles(Task task, OpenWorkspace workspace, SwarmContext swarm)
      throws IOException, InterruptedException {
    Critique critique = judge(task, workspace, entries(task, Section.FINDINGS, swarm), swarm);
    return critique.kept().stream()
        .map(finding -> finding.evidence().path())
        .distinct()
        .limit(BEST_FILES)
        .toList();
  }
}
