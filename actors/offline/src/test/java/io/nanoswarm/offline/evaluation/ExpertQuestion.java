package io.nanoswarm.offline.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A question with the files that an expert would cite.
 *
 * @param files by their paths in the corpus; none if nothing in it answers
 */
record ExpertQuestion(
    String id, Corpus corpus, Half half, Kind kind, String text, List<String> files) {

  /** Who may look at it. */
  enum Half {
    /** Whoever improves the search. */
    TUNE,
    /** Nobody, so that what is measured here holds for questions nobody has seen. */
    HELD
  }

  /** What makes it hard. */
  enum Kind {
    /** Its words stand in the file. */
    LITERAL,
    /** It is asked in other words than the file's. */
    PARAPHRASED,
    /** More than one file is needed. */
    MULTI_FILE,
    /** Nothing in the corpus answers it. */
    UNANSWERABLE;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  ExpertQuestion {
    files = List.copyOf(files);
    if ((kind == Kind.UNANSWERABLE) != files.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %d files (expected: none if unanswerable, else some)".formatted(id, files.size()));
    }
  }

  /** The questions about one corpus, in the order of their file. */
  static List<ExpertQuestion> about(Corpus corpus) throws IOException {
    var questions = new ArrayList<ExpertQuestion>();
    String resource = corpus.label() + ".tsv";
    try (var in =
            Objects.requireNonNull(ExpertQuestion.class.getResourceAsStream(resource), resource);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          questions.add(parse(corpus, resource, line));
        }
      }
    }
    return questions;
  }

  private static ExpertQuestion parse(Corpus corpus, String resource, String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != 5) {
      throw new IllegalArgumentException(
          "%s: %s (expected: id, half, kind, question, files; a tab between)"
              .formatted(resource, line));
    }
    return new ExpertQuestion(
        cells[0],
        corpus,
        Half.valueOf(cells[1].toUpperCase(Locale.ROOT)),
        Kind.valueOf(cells[2].toUpperCase(Locale.ROOT).replace('-', '_')),
        cells[3],
        cells[4].isBlank() ? List.of() : List.of(cells[4].strip().split(" +")));
  }
}
