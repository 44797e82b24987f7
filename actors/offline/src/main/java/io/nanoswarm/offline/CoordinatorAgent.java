package io.nanoswarm.offline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.offline.answer.Answer;
import io.nanoswarm.offline.answer.Surroundings;
import io.nanoswarm.offline.critique.Critique;
import io.nanoswarm.offline.critique.Disagreements;
import io.nanoswarm.offline.embedding.Embeddings;
import io.nanoswarm.offline.embedding.SentenceNearness;
import io.nanoswarm.offline.figures.FiguresEntry;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.research.ChangedFiles;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.research.FindingEntry;
import io.nanoswarm.offline.structure.StructureEntry;
import io.nanoswarm.offline.text.Markdown;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.workspace.OpenWorkspace;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Writes the answer from the findings that stand: in brief as {@code final/answer.md}, {@code
 * final/answer-2.md} for the second question; and with everything that bears on the question as
 * {@code final/full.md}, {@code final/full-2.md}.
 *
 * <p>Guarantees: an answer is posted whatever happened to the tasks before, and names those that
 * did not end well. If there is no critique, the same checks are made here.
 */
public final class CoordinatorAgent implements Agent {
  @Override
  public Behavior<Message> create() {
    return Agent.blocking((task, swarm) -> new AttemptEnd.Settled(perform(task, swarm.context())))
        .create();
  }

  static Outcome perform(Task task, SwarmContext swarm) throws IOException, InterruptedException {
    OpenWorkspace workspace =
        OpenWorkspace.open(task.workspace(), swarm.artifacts(), swarm.cache());
    List<Entry> entries = ThisQuestion.entries(task, Section.FINDINGS, swarm);
    List<Entry> critiques = ThisQuestion.entries(task, Section.CRITIQUES, swarm);
    Critique judged = ThisQuestion.judge(task, workspace, entries, swarm);
    List<Finding> standing =
        judged.kept().stream().filter(each -> Objections.none(critiques, each)).toList();

    List<Entry> designs = ThisQuestion.entries(task, Section.DESIGNS, swarm);

    swarm.progress("writing the answer");
    var missing = new ArrayList<String>(Objections.missing(task.inputs()));
    entries.stream().map(ChangedFiles::parse).flatMap(Optional::stream).forEach(missing::add);
    Answer.Inputs inputs =
        inputs(task, workspace, entries, standing, judged.uncovered(), missing, designs, swarm);
    for (Answer.Depth depth : List.of(Answer.Depth.FULL, Answer.Depth.BRIEF)) {
      Draft answer = ofThisQuestion(task, depth, Answer.draft(inputs, depth));
      var _ = Waiting.on(swarm.blackboard().post(answer));
    }
    return new Outcome.Completed(summary(task, inputs));
  }

  /** At a path of its own, with what has to be said of the questions before it. */
  private static Draft ofThisQuestion(Task task, Answer.Depth depth, Draft answer) {
    if (task.earlier().asked() == 0) {
      return answer;
    }
    var text = new StringBuilder(answer.content());
    String own = task.goal().text();
    if (!ThisQuestion.of(task).equals(Question.of(own))) {
      text.append(
          "\nAsked after \u201c%s\u201d, and read together with it.\n"
              .formatted(
                  Markdown.shorten(task.earlier().texts().getLast().replace('\n', ' '), 100)));
    }
    if (task.earlier().filesChanged()) {
      text.append(
          "\nFiles have changed since the question before: this answer is of the folder as"
              + " it is now.\n");
    }
    return new Draft(
        task.entryPath(Section.FINAL, depth.entry()),
        text.toString(),
        answer.evidence(),
        answer.attributes());
  }

  private static String summary(Task task, Answer.Inputs inputs) {
    if (Answer.isFound(inputs)) {
      int places = inputs.findings().size();
      return places == 0
          ? "answered from how the folder is built"
          : "answered from " + (places == 1 ? "1 place" : places + " places");
    }
    return switch (Objections.reach(task)) {
      case ALL -> "not found in this folder";
      case PART -> "not found in the part that could be searched";
      case NOTHING -> "the folder could not be searched";
    };
  }

  private static Surroundings surroundings(List<Entry> designs) {
    return new Surroundings(
        designs.stream().map(StructureEntry::parse).flatMap(Optional::stream).findFirst(),
        designs.stream().map(FiguresEntry::parse).flatMap(Optional::stream).findFirst(),
        designs.stream()
            .filter(each ->
                StructureEntry.parse(each).isPresent() || FiguresEntry.parse(each).isPresent())
            .map(each -> each.draft().content())
            .toList());
  }

  /** To the question itself, whatever it was asked after. */
  private static SentenceNearness.Measured meaning(
      Task task, List<Finding> findings, List<Source> sources, SwarmContext swarm)
      throws InterruptedException {
    return ThisQuestion.of(task).goesByMeaning()
        ? Embeddings.load(swarm.cache())
            .sentences(task.goal().text(), Answer.sentences(findings, sources))
        : SentenceNearness.Measured.NONE;
  }

  private static Answer.Inputs inputs(
      Task task,
      OpenWorkspace workspace,
      List<Entry> entries,
      List<Finding> standing,
      List<String> uncovered,
      List<String> missing,
      List<Entry> designs,
      SwarmContext swarm)
      throws InterruptedException {
    var files = new HashMap<String, Manifest.File>();
    workspace.manifest().files().forEach(file -> files.put(file.path(), file));
    var findings = new ArrayList<Finding>();
    var sources = new ArrayList<Source>();
    for (Finding finding : standing) {
      Manifest.File file = files.get(finding.evidence().path());
      try {
        if (file != null) {
          Evidence evidence = finding.evidence();
          SourceText text =
              SourceText.around(workspace.root(), file, evidence.firstLine(), evidence.lastLine());
          sources.add(Source.of(text.path(), text.lines()));
          findings.add(finding);
        }
      } catch (SourceText.FileChanged e) {
        missing.add(e.getMessage());
      }
    }
    SentenceNearness.Measured meaning = meaning(task, findings, sources, swarm);
    meaning
        .problem()
        .ifPresent(why -> missing.add("Sentences were chosen by words alone: " + why + "."));
    return new Answer.Inputs(
        task.goal().text(),
        FindingEntry.coverage(ThisQuestion.of(task), entries),
        findings,
        sources,
        uncovered,
        Disagreements.among(findings),
        missing,
        Objections.reach(task),
        workspace.manifest(),
        surroundings(designs),
        meaning.nearness(),
        !Embeddings.isAdded());
  }
}
