package io.nanoswarm.offline.critique;

import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Evidence;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the lines that entries rest on stand in their files.
 *
 * @param lines how many were compared
 * @param failed those that do not stand there, by entry and place
 */
public record EvidenceCheck(int lines, List<Failed> failed) {
  /** A line that does not stand where an entry says so, and why. */
  public record Failed(Evidence evidence, String why) {}

  public EvidenceCheck {
    failed = List.copyOf(failed);
  }

  /** Blocks while files are read. */
  public static EvidenceCheck of(List<Entry> entries, VerbatimCheck check) {
    int lines = 0;
    var failed = new ArrayList<Failed>();
    for (Entry entry : entries) {
      for (Evidence evidence : entry.draft().evidence()) {
        lines++;
        check.problem(evidence).ifPresent(why -> failed.add(new Failed(evidence, why)));
      }
    }
    return new EvidenceCheck(lines, failed);
  }
}
