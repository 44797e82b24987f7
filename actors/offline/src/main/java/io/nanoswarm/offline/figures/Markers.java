package io.nanoswarm.offline.figures;

import io.nanoswarm.offline.figures.Figures.Marker;
import io.nanoswarm.offline.figures.Figures.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers what authors left for later in their comments: TODO, FIXME, XXX, HACK. */
final class Markers {
  private static final Pattern MARK =
      Pattern.compile("(?://|#|/?\\*|--|<!--|;).*?\\b(TODO|FIXME|XXX|HACK)(?=[\\s:(!.,]|$)");
  private static final int KEPT = 200;
  private static final int SHOWN = 3;
  private static final int LONGEST = 400;

  private final Set<String> found;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, List<Place>> places = new TreeMap<>();
  private final Map<String, List<Place>> byFile = new TreeMap<>();

  /**
   * @param found files whose markers are all kept
   */
  Markers(Set<String> found) {
    this.found = found;
  }

  void add(String path, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.length() <= LONGEST && mayHold(line)) {
        Matcher mark = MARK.matcher(line);
        if (mark.find()) {
          add(mark.group(1), new Place(path, i + 1));
        }
      }
    }
  }

  private static boolean mayHold(String line) {
    return line.contains("TODO")
        || line.contains("FIXME")
        || line.contains("XXX")
        || line.contains("HACK");
  }

  private void add(String word, Place place) {
    counts.merge(word, 1, Integer::sum);
    if (found.contains(place.path())) {
      byFile.computeIfAbsent(place.path(), _ -> new ArrayList<>()).add(place);
    }
    List<Place> known = places.computeIfAbsent(word, _ -> new ArrayList<>());
    if (known.size() < KEPT) {
      known.add(place);
    }
  }

  List<Place> in(String path) {
    return byFile.getOrDefault(path, List.of());
  }

  /** The most frequent first; of each some places, those in found files first. */
  List<Marker> all() {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(each -> new Marker(each.getKey(), each.getValue(), shown(each.getKey())))
        .toList();
  }

  private List<Place> shown(String word) {
    return places.getOrDefault(word, List.of()).stream()
        .sorted(
            Comparator.comparing((Place each) -> !found.contains(each.path()))
                .thenComparing(Place::path)
                .thenComparingInt(Place::line))
        .limit(SHOWN)
        .toList();
  }
}
