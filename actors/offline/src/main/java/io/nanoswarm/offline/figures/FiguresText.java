package io.nanoswarm.offline.figures;

import io.nanoswarm.offline.text.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as Markdown of about a screen. Pure. */
final class FiguresText {
  private static final int SUBJECT = 70;

  private final Figures figures;
  private final StringBuilder text = new StringBuilder("# Figures\n\n");

  private FiguresText(Figures figures) {
    this.figures = figures;
  }

  static String of(Figures figures) {
    var text = new FiguresText(figures);
    text.whole();
    text.found();
    text.history();
    text.rest();
    return text.text.toString();
  }

  private void whole() {
    Figures.Whole whole = figures.whole();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d files, %,d lines: %,d of sources, %,d of tests. Half of the source files have at"
                + " most %,d lines.\n",
            whole.files(),
            whole.lines(),
            whole.sources(),
            whole.tests(),
            whole.medianLines()));
    text.append("\n| language | files | lines |\n|---|--:|--:|\n");
    for (Figures.Language each : figures.languages()) {
      text.append(
          String.format(
              Locale.ROOT, "| %s | %,d | %,d |\n", each.name(), each.files(), each.lines()));
    }
  }

  private void found() {
    if (figures.found().isEmpty()) {
      return;
    }
    text.append("\n## What was found\n\n");
    for (Figures.FoundFile each : figures.found()) {
      text.append("- `%s`: %s\n".formatted(each.path(), String.join("; ", facts(each))));
    }
  }

  /** Where one person did all, that is said once. */
  private String authors(Figures.FoundFile file) {
    return figures.history().authors().size() < 2
        ? ""
        : " by " + few(file.authors().stream().map(Figures.Author::name).toList());
  }

  private List<String> facts(Figures.FoundFile file) {
    var facts = new ArrayList<String>();
    facts.add(file.lines() == 1 ? "1 line" : "%d lines".formatted(file.lines()));
    if (!file.tests().isEmpty()) {
      facts.add("tested by " + few(file.tests().stream().map(each -> "`" + each + "`").toList()));
    }
    if (file.commits() > 0) {
      facts.add(
          "%s%s, the last on %s (%s)"
              .formatted(
                  file.commits() == 1 ? "1 commit" : file.commits() + " commits",
                  authors(file),
                  file.last(),
                  Markdown.shorten(file.lastSubject(), SUBJECT)));
    }
    if (!file.together().isEmpty()) {
      facts.add(
          "changes with "
              + few(
                  file.together().stream()
                      .map(each -> "`%s` (%d times)".formatted(each.other(), each.times()))
                      .toList()));
    }
    if (!file.markers().isEmpty()) {
      facts.add("marked at " + few(file.markers().stream().map(each -> "`" + each + "`").toList()));
    }
    return facts;
  }

  private static String few(List<String> all) {
    int more = all.size() - 3;
    return String.join(", ", all.stream().limit(3).toList())
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private void history() {
    Figures.History history = figures.history();
    text.append("\n## History\n\n");
    if (history.commits() == 0) {
      text.append(history.remark()).append(".\n");
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%,d commits from %s to %s%s, by %s.\n",
            history.commits(),
            history.first(),
            history.last(),
            history.remark().isEmpty() ? "" : " (" + history.remark() + ")",
            few(
                history.authors().stream()
                    .map(each -> "%s (%d)".formatted(each.name(), each.commits()))
                    .toList())));
    if (!history.churn().isEmpty()) {
      text.append("\n| changed most often | commits | last |\n|---|--:|---|\n");
      for (Figures.Churn each : history.churn()) {
        text.append("| `%s` | %d | %s |\n".formatted(each.path(), each.commits(), each.last()));
      }
    }
    for (Figures.Together each : history.together()) {
      text.append(
          "- `%s` and `%s` changed together %d times\n"
              .formatted(each.path(), each.other(), each.times()));
    }
  }

  private void rest() {
    var lines = new ArrayList<String>();
    for (Figures.Marker each : figures.markers()) {
      lines.add(
          "%d %s, as %s"
              .formatted(
                  each.count(),
                  each.word(),
                  few(each.places().stream().map(place -> "`" + place + "`").toList())));
    }
    for (Figures.Repetition each : figures.repetitions()) {
      lines.add(
          "%d lines stand at `%s` and again at `%s`"
              .formatted(each.lines(), each.first(), each.second()));
    }
    figures.outliers().forEach(each -> lines.add("`%s`: %s".formatted(each.path(), each.what())));
    if (!lines.isEmpty()) {
      text.append("\n## Worth a look\n\n");
      lines.forEach(each -> text.append("- ").append(each).append('\n'));
    }
  }
}
