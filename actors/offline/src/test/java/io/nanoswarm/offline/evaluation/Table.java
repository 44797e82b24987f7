package io.nanoswarm.offline.evaluation;

import io.nanoswarm.offline.evaluation.ExpertQuestion.Half;
import io.nanoswarm.offline.evaluation.ExpertQuestion.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Results as the Markdown of docs/answers.md. */
final class Table {
  private final List<Result> results;
  private final StringBuilder text = new StringBuilder();

  private Table(List<Result> results) {
    this.results = results;
  }

  static String of(List<Result> results) {
    return new Table(results).write();
  }

  private String write() {
    text.append(
        "| half | questions | | first | first 5 | first 10 | in the answer | baseline, first |"
            + " first 5 | first 10 |\n");
    text.append("|---|---|---|---|---|---|---|---|---|---|\n");
    for (Half half : Half.values()) {
      for (Kind kind : Kind.values()) {
        if (kind != Kind.UNANSWERABLE) {
          row(half, kind.label(), each -> each.question().kind() == kind);
        }
      }
      for (Corpus corpus : Corpus.values()) {
        row(half, "about " + corpus.label(), each -> each.question().corpus() == corpus);
      }
      row(half, "all", _ -> true);
    }
    text.append('\n');
    for (Half half : Half.values()) {
      List<Result> unanswerable =
          results.stream()
              .filter(each -> each.question().half() == half)
              .filter(each -> each.question().kind() == Kind.UNANSWERABLE)
              .toList();
      if (unanswerable.isEmpty()) {
        continue;
      }
      text.append(
          "- Of %d questions that nothing answers (%s), %d were said not to be found.\n"
              .formatted(
                  unanswerable.size(),
                  half.name().toLowerCase(Locale.ROOT),
                  unanswerable.stream().filter(each -> !each.citations().found()).count()));
    }
    List.of(Half.values()).forEach(this::missed);
    for (Half half : Half.values()) {
      List.of("high", "fair", "low").forEach(level -> confidence(half, level));
    }
    text.append(
        "- Of %d quotations, %d do not stand in their files as they are quoted.\n"
            .formatted(
                results.stream().mapToInt(each -> each.citations().quotations()).sum(),
                results.stream().mapToInt(each -> each.citations().notVerbatim().size()).sum()));
    return text.toString();
  }

  private void row(Half half, String label, Predicate<Result> which) {
    List<Result> rows =
        results.stream()
            .filter(each -> each.question().half() == half)
            .filter(each -> each.question().kind() != Kind.UNANSWERABLE)
            .filter(which)
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    text.append(
        "| %s | %s | %d ".formatted(half.name().toLowerCase(Locale.ROOT), label, rows.size()));
    cell(rows, each -> each.recall(1));
    cell(rows, each -> each.recall(5));
    cell(rows, each -> each.recall(10));
    cell(rows, Result::shown);
    cell(rows, each -> each.baselineRecall(1));
    cell(rows, each -> each.baselineRecall(5));
    cell(rows, each -> each.baselineRecall(10));
    text.append("|\n");
  }

  private void cell(List<Result> rows, ToDoubleFunction<Result> recall) {
    text.append(String.format(Locale.ROOT, "| %.2f ", mean(rows, recall)));
  }

  static double mean(List<Result> rows, ToDoubleFunction<Result> recall) {
    return rows.stream().mapToDouble(recall).average().orElse(0);
  }

  /** How many questions in other words bring nothing that an expert would cite. */
  private void missed(Half half) {
    List<Result> paraphrased =
        results.stream()
            .filter(each -> each.question().half() == half)
            .filter(each -> each.question().kind() == Kind.PARAPHRASED)
            .toList();
    if (!paraphrased.isEmpty()) {
      text.append(
          "- Of %d paraphrased questions (%s), %d have no expert's file among the first ten; by the baseline %d.\n"
              .formatted(
                  paraphrased.size(),
                  half.name().toLowerCase(Locale.ROOT),
                  paraphrased.stream().filter(each -> each.recall(10) == 0).count(),
                  paraphrased.stream().filter(each -> each.baselineRecall(10) == 0).count()));
    }
  }

  /** How often answers of a confidence name a file that an expert would cite. */
  private void confidence(Half half, String level) {
    List<Result> answers =
        results.stream()
            .filter(each -> each.question().half() == half)
            .filter(each -> each.citations().confidence().equals(level))
            .toList();
    if (!answers.isEmpty()) {
      text.append(
          "- Of %d answers of %s confidence (%s), %d name an expert's file among the first five.\n"
              .formatted(
                  answers.size(),
                  level,
                  half.name().toLowerCase(Locale.ROOT),
                  answers.stream()
                      .filter(each -> each.question().kind() != Kind.UNANSWERABLE)
                      .filter(each -> each.recall(5) > 0)
                      .count()));
    }
  }
}
