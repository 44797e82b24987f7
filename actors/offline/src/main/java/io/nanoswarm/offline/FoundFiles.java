package io.nanoswarm.offline;

import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.research.FindingEntry;
import java.util.List;
import java.util.Optional;

/** The files that researchers found, which the others look at more closely. */
final class FoundFiles {
  private static final int BEST = 6;

  private FoundFiles() {}

  /** The best ones, each once; the same for every order of entries. */
  static List<String> of(List<Entry> findings) {
    return findings.stream()
        .map(FindingEntry::parse)
        .flatMap(Optional::stream)
        .sorted(Finding.BY_MERIT)
        .map(finding -> finding.evidence().path())
        .distinct()
        .limit(BEST)
        .toList();
  }
}
