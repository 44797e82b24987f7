package io.nanoswarm.offline.evaluation;

import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.WholeSearch;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.research.FindingEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a search cites, as it stands on the blackboard in the end.
 *
 * @param found whether the answer says that it found something
 * @param confidence as the answer says it; empty if it found nothing
 * @param answer distinct files, in the order in which the answer cites them
 * @param all those, and then the files of all other findings, best first
 * @param quotations how many were compared with their files
 * @param notVerbatim those that do not stand in their files as they are quoted
 */
record Citations(
    boolean found,
    String confidence,
    List<String> answer,
    List<String> all,
    int quotations,
    List<String> notVerbatim) {

  static Citations of(WholeSearch search, Corpus corpus) throws IOException {
    List<Entry> entries = search.swarm.entries();
    Entry last = search.swarm.entry("final/answer.md").orElseThrow();
    var answer = new LinkedHashSet<String>();
    last.draft().evidence().forEach(each -> answer.add(each.path()));
    var all = new LinkedHashSet<>(answer);
    entries.stream()
        .map(FindingEntry::parse)
        .flatMap(Optional::stream)
        .sorted(Finding.BY_MERIT)
        .forEach(finding -> all.add(finding.evidence().path()));

    List<Evidence> quoted =
        entries.stream().flatMap(each -> each.draft().evidence().stream()).distinct().toList();
    var notVerbatim = new ArrayList<String>();
    for (Evidence each : quoted) {
      List<String> lines = corpus.read(each.path()).lines().toList();
      if (each.lastLine() > lines.size()
          || !String.join("\n", lines.subList(each.firstLine() - 1, each.lastLine()))
              .equals(each.quote())) {
        notVerbatim.add(each.place());
      }
    }
    boolean found = !"false".equals(last.draft().attributes().get("found"));
    String confidence = last.draft().attributes().getOrDefault("confidence", "");
    return new Citations(
        found, confidence, List.copyOf(answer), List.copyOf(all), quoted.size(), notVerbatim);
  }
}
