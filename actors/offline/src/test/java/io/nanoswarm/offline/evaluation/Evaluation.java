package io.nanoswarm.offline.evaluation;

import io.nanoswarm.offline.WholeSearch;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks every question about a corpus, as a session would, but without a cluster. */
final class Evaluation {
  private static final int BASELINE_FILES = 200;

  private Evaluation() {}

  /**
   * @param cache where indexes are kept
   */
  static List<Result> of(Corpus corpus, List<ExpertQuestion> questions, Path cache)
      throws Exception {
    Path folder = corpus.folder();
    Manifest manifest = new WorkspaceScan(Set.of(cache)).scan(folder);
    List<String> paths = manifest.files().stream().map(Manifest.File::path).toList();
    var results = new ArrayList<Result>();
    try (var baseline = new Baseline(corpus, paths)) {
      for (ExpertQuestion question : questions) {
        if (!paths.containsAll(question.files())) {
          throw new IllegalArgumentException(
              "%s: a file of %s is not in %s".formatted(question.id(), question.files(), folder));
        }
        var search = new WholeSearch(folder, cache, manifest);
        var _ = search.answer(question.text(), search.plan(question.text()).tasks());
        results.add(
            new Result(
                question,
                Citations.of(search, corpus),
                baseline.search(question.text(), BASELINE_FILES)));
      }
    }
    return results;
  }
}
