package io.nanoswarm.offline.answer;

import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.text.Markdown;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.workspace.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The answer to a goal, as Markdown of one or two screens.
 *
 * <p>Guarantees: every statement stands in a file and carries its {@code path:line}; what is
 * missing is said; equal inputs give equal text.
 */
public final class Answer {
  private static final int STATEMENTS = 5;
  private static final int PLACES = 6;
  private static final int TITLE = 100;

  /**
   * What an answer is made of.
   *
   * @param goal in the user's words
   * @param findings that stand, best first
   * @param sources the file of each finding
   * @param uncovered words of the question that no finding speaks of
   * @param missing what was not done or not read, one sentence each
   * @param reach how much of the folder was searched
   */
  public record Inputs(
      String goal,
      Coverage coverage,
      List<Finding> findings,
      List<Source> sources,
      List<String> uncovered,
      List<String> missing,
      Reach reach,
      Manifest manifest) {}

  /** How much of a folder was searched. */
  public enum Reach {
    ALL,
    PART,
    NOTHING
  }

  private final Inputs inputs;
  private final List<Statement> statements;
  private final StringBuilder text = new StringBuilder();

  private Answer(Inputs inputs) {
    this.inputs = inputs;
    this.statements =
        Statements.choose(inputs.findings(), inputs.sources(), inputs.coverage(), STATEMENTS);
  }

  public static Draft draft(Inputs inputs) {
    return new Answer(inputs).write();
  }

  private Draft write() {
    text.append("# ")
        .append(Markdown.shorten(inputs.goal().replace('\n', ' '), TITLE))
        .append("\n\n");
    if (inputs.findings().isEmpty()) {
      notFound();
    } else {
      statements();
      places();
    }
    notCovered();
    if (inputs.reach() != Reach.NOTHING) {
      text.append('\n').append(Searched.line(inputs.manifest())).append('\n');
    }
    return new Draft(
        EntryPath.in(Section.FINAL, "answer"),
        text.toString(),
        evidence(),
        Map.of("kind", "answer", "found", Boolean.toString(!inputs.findings().isEmpty())));
  }

  private void statements() {
    if (statements.isEmpty()) {
      text.append("No sentence in the files says it outright; these places come closest.\n");
      return;
    }
    for (Statement each : statements) {
      text.append("- ").append(each.text()).append(" \u2014 `").append(each.place()).append("`\n");
    }
  }

  private void places() {
    text.append("\n## Where to look\n\n");
    List<Finding> shown = inputs.findings().stream().limit(PLACES).toList();
    Set<String> said = new LinkedHashSet<>();
    statements.forEach(each -> said.add(each.text()));
    for (int i = 0; i < shown.size(); i++) {
      Finding finding = shown.get(i);
      text.append(
          "%d. `%s` **%s**%s\n"
              .formatted(
                  i + 1,
                  finding.evidence().place(),
                  finding.name(),
                  ShortQuote.of(finding, inputs.sources().get(i), said)));
    }
  }

  private void notFound() {
    if (inputs.reach() == Reach.NOTHING) {
      text.append(
              "**This folder could not be searched.** No search came to its end, so nothing is ")
          .append("known about what it holds; why is said below.\n");
      return;
    }
    text.append(
            inputs.reach() == Reach.ALL
                ? "**Not found in this folder.** "
                : "**Not found in the part that could be searched.** ")
        .append("No passage speaks of enough of what you asked for: ")
        .append(Markdown.list(inputs.coverage().question().words()))
        .append(".\n\nWhat may help: other words for the same thing, names as they stand in the ")
        .append("files, or another folder.\n");
  }

  private void notCovered() {
    var lines = new ArrayList<String>();
    if (!inputs.findings().isEmpty() && !inputs.uncovered().isEmpty()) {
      lines.add("No place found speaks of " + Markdown.list(inputs.uncovered()) + ".");
    }
    lines.addAll(inputs.missing());
    if (!lines.isEmpty()) {
      text.append("\n## Not covered\n\n");
      lines.forEach(line -> text.append("- ").append(line).append('\n'));
    }
  }

  private List<Evidence> evidence() {
    var evidence = new LinkedHashSet<Evidence>();
    statements.forEach(each -> evidence.add(each.finding().evidence()));
    inputs.findings().stream().limit(PLACES).map(Finding::evidence).forEach(evidence::add);
    return evidence.stream().limit(PLACES).toList();
  }
}
