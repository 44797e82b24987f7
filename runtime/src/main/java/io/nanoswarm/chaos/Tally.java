package io.nanoswarm.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Sums up what was seen. */
final class Tally {
  private Tally() {}

  static Map<String, Integer> sessions(Collection<Acknowledged> facts) {
    var sessions = new TreeMap<String, Integer>();
    for (Acknowledged fact : facts) {
      if (fact instanceof Acknowledged.Concluded concluded) {
        sessions.merge(concluded.status(), 1, Integer::sum);
      }
    }
    return sessions;
  }

  /**
   * A row for each kind of fault that came.
   *
   * @param hits by time
   * @param kinds in the order of rows
   */
  static List<ChaosReport.Row> rows(
      List<? extends Injected> hits, List<Kind> kinds, Collection<Acknowledged> lost) {
    var lostBy = new HashMap<Kind, Integer>();
    for (Acknowledged fact : lost) {
      hits.stream()
          .filter(hit -> !hit.at().isBefore(fact.at()))
          .findFirst()
          .ifPresent(hit -> lostBy.merge(hit.kind(), 1, Integer::sum));
    }
    var rows = new ArrayList<ChaosReport.Row>();
    for (Kind kind : kinds) {
      var of = hits.stream().filter(hit -> hit.kind().equals(kind)).toList();
      if (!of.isEmpty()) {
        var times =
            of.stream().map(Injected::wentOnAfter).filter(Objects::nonNull).sorted().toList();
        rows.add(
            new ChaosReport.Row(
                kind.fault(),
                kind.moment(),
                of.size(),
                lostBy.getOrDefault(kind, 0),
                times.isEmpty() ? null : median(times),
                times.isEmpty() ? null : times.getLast()));
      }
    }
    return rows;
  }

  /** Of two in the middle, their mean. */
  static long median(List<Long> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
