package io.nanoswarm.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a run has shown: its journal, held against what was promised and acknowledged. */
final class Judgement {
  private Judgement() {}

  /**
   * What was done.
   *
   * @param hits by time
   * @param kinds all that may have come, in the order of the report
   */
  record Run(long seed, long seconds, List<? extends Injected> hits, List<Kind> kinds) {}

  /**
   * @param left what must not be there any more
   */
  static ChaosReport of(Run run, Watch watch, Load load, StoredJournal journal, List<String> left)
      throws IOException {
    var facts = new ArrayList<>(watch.acknowledged());
    facts.addAll(load.told());
    var reckoning = new Reckoning(journal);
    var problems = new ArrayList<>(watch.problems());
    problems.addAll(reckoning.contradictions());
    reckoning.unfinished().forEach(id -> problems.add("session %s has no end".formatted(id)));
    var sessions = Tally.sessions(facts);
    if (sessions.isEmpty() || run.hits().isEmpty()) {
      problems.add(
          "%d faults, %d sessions that ended: that shows nothing"
              .formatted(run.hits().size(), sessions.values().stream().mapToInt(n -> n).sum()));
    }
    var lost = reckoning.lost(facts);
    return new ChaosReport(
        run.seed(),
        run.seconds(),
        sessions,
        facts.size(),
        journal.events(),
        Tally.rows(run.hits(), run.kinds(), lost),
        lost.stream().map(Acknowledged::toString).toList(),
        problems,
        left,
        null);
  }
}
