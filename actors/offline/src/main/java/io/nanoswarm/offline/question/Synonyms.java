package io.nanoswarm.offline.question;

import io.nanoswarm.offline.text.Terms;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Which terms mean about the same in texts about software. */
final class Synonyms {
  private static final double CLOSE = 0.7;
  private static final double LOOSE = 0.45;
  private static final Map<String, Map<String, Double>> GROUPS = groups();

  private Synonyms() {}

  /** By term, with their closeness, in a fixed order and without the term itself. */
  static Map<String, Double> of(String term) {
    return GROUPS.getOrDefault(term, Map.of());
  }

  private static Map<String, Map<String, Double>> groups() {
    var groups = new LinkedHashMap<String, Map<String, Double>>();
    for (String line : WordList.lines("synonyms.txt")) {
      if (line.startsWith("#")) {
        continue;
      }
      int tilde = line.indexOf('~');
      var close = new LinkedHashSet<String>(Terms.of(tilde < 0 ? line : line.substring(0, tilde)));
      var loose = tilde < 0 ? List.<String>of() : Terms.of(line.substring(tilde));
      for (String term : close) {
        Map<String, Double> others = groups.computeIfAbsent(term, _ -> new LinkedHashMap<>());
        close.forEach(other -> others.merge(other, CLOSE, Math::max));
        loose.forEach(other -> others.merge(other, LOOSE, Math::max));
        others.remove(term);
      }
    }
    return groups;
  }
}
