package io.nanoswarm.offline;

import io.nanoswarm.offline.critique.Critique;
import java.util.List;

/** The files that the researchers have found. */
final class FoundFiles {
  private static final int BEST = 6;

  private FoundFiles() {}

  /**
   * The best ones of which a finding stands, each once: the same for every order of findings, and
   * however the workspace was cut.
   */
  static List<String> of(Critique critique) {
    return critique.kept().stream()
        .map(finding -> finding.evidence().path())
        .distinct()
        .limit(BEST)
        .toList();
  }
}
