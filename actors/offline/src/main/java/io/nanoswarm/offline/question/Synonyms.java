package io.nanoswarm.offline.question;

import io.nanoswarm.offline.text.Terms;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which terms mean about the same in texts about software. */
final class Synonyms {
  private static final Map<String, Set<String>> GROUPS = groups();

  private Synonyms() {}

  /** In a fixed order, without the term itself. */
  static Set<String> of(String term) {
    return GROUPS.getOrDefault(term, Set.of());
  }

  private static Map<String, Set<String>> groups() {
    var groups = new LinkedHashMap<String, Set<String>>();
    for (String line : WordList.lines("synonyms.txt")) {
      if (line.startsWith("#")) {
        continue;
      }
      var terms = new LinkedHashSet<String>(Terms.of(line));
      for (String term : terms) {
        var others = groups.computeIfAbsent(term, _ -> new LinkedHashSet<>());
        others.addAll(terms);
        others.remove(term);
      }
    }
    return groups;
  }
}
