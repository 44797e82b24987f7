package io.nanoswarm.chaos;

import io.nanoswarm.chaos.Schedule.Strike;
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
   * A row for each fault and moment that came.
   *
   * @param hits by time
   */
  static List<ChaosReport.Row> rows(List<Hit> hits, Collection<Acknowledged> lost) {
    var lostBy = new HashMap<Strike, Integer>();
    for (Acknowledged fact : lost) {
      hits.stream()
          .filter(hit -> !hit.at().isBefore(fact.at()))
          .findFirst()
          .ifPresent(hit -> lostBy.merge(hit.strike(), 1, Integer::sum));
    }
    var rows = new ArrayList<ChaosReport.Row>();
    for (Strike strike : Schedule.all()) {
      var of = hits.stream().filter(hit -> hit.strike().equals(strike)).toList();
      if (!of.isEmpty()) {
        var times = of.stream().map(Hit::wentOnAfter).filter(Objects::nonNull).sorted().toList();
        rows.add(
            new ChaosReport.Row(
                strike.fault().text(),
                strike.moment().text(),
                of.size(),
                lostBy.getOrDefault(strike, 0),
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
