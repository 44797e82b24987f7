package io.nanoswarm.offline.evaluation;

import java.util.List;

/**
 * What came of one question.
 *
 * @param baseline files that plain full-text search names, best first
 */
record Result(ExpertQuestion question, Citations citations, List<String> baseline) {
  /** The share of the expert's files among the first cited. */
  double recall(int first) {
    return recall(citations.all(), first);
  }

  double baselineRecall(int first) {
    return recall(baseline, first);
  }

  /** The share of the expert's files that the answer itself shows. */
  double shown() {
    return recall(citations.answer(), Integer.MAX_VALUE);
  }

  private double recall(List<String> cited, int first) {
    long found =
        question.files().stream().filter(cited.stream().limit(first).toList()::contains).count();
    return (double) found / question.files().size();
  }

  /** Where a file stands among those cited, from 1; 0 if it is not cited. */
  int rank(String file) {
    return citations.all().indexOf(file) + 1;
  }

  int baselineRank(String file) {
    return baseline.indexOf(file) + 1;
  }
}
