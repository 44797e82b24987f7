package io.nanoswarm.offline.evaluation;

import io.nanoswarm.offline.evaluation.ExpertQuestion.Half;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Prints the table of docs/answers.md.
 *
 * <p>{@code EvaluationMain [tune|held] [misses] [CORPUS]...}: with a half, only its questions; with
 * {@code misses}, also where each file stands that an expert would cite and the answer does not;
 * with corpora, only those. Indexes are kept in the folder that {@code -Dnanoswarm.indexes} names,
 * and made anew without it.
 */
public final class EvaluationMain {
  private EvaluationMain() {}

  public static void main(String[] arguments) throws Exception {
    var words = List.of(arguments);
    Set<Half> halves = EnumSet.allOf(Half.class);
    halves.removeIf(half -> words.contains(other(half)) && !words.contains(label(half)));
    Set<Corpus> corpora = EnumSet.allOf(Corpus.class);
    if (corpora.stream().anyMatch(corpus -> words.contains(corpus.label()))) {
      corpora.removeIf(corpus -> !words.contains(corpus.label()));
    }
    String kept = System.getProperty("nanoswarm.indexes");
    Path cache =
        kept == null
            ? Files.createTempDirectory("indexes")
            : Files.createDirectories(Path.of(kept));
    try {
      ask(corpora, halves, cache, words.contains("misses"));
    } finally {
      if (kept == null) {
        delete(cache);
      }
    }
  }

  private static void ask(Set<Corpus> corpora, Set<Half> halves, Path cache, boolean misses)
      throws Exception {
    var results = new ArrayList<Result>();
    for (Corpus corpus : corpora) {
      long begin = System.nanoTime();
      List<ExpertQuestion> questions =
          ExpertQuestion.about(corpus).stream()
              .filter(question -> halves.contains(question.half()))
              .toList();
      results.addAll(Evaluation.of(corpus, questions, cache));
      System.err.printf(
          "%s: %d questions in %d s%n",
          corpus.label(), questions.size(), (System.nanoTime() - begin) / 1_000_000_000);
    }
    if (misses) {
      halves.forEach(half -> System.out.print(Misses.of(results, half)));
    }
    System.out.print(Table.of(results));
  }

  private static String label(Half half) {
    return half.name().toLowerCase(Locale.ROOT);
  }

  private static String other(Half half) {
    return label(half == Half.TUNE ? Half.HELD : Half.TUNE);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
