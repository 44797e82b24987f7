package io.nanoswarm.offline.figures;

import io.nanoswarm.offline.figures.Figures.Place;
import io.nanoswarm.offline.figures.Figures.Repetition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds stretches of lines that stand in two files.
 *
 * <p>Guarantees: what is reported is the same in both, line by line, without indentation, blank
 * lines, comments and imports; memory grows with an eighth of the lines. Not promised: that all are
 * found; one of twice the shortest length nearly always is.
 */
final class Repetitions {
  /** The shortest that is worth a word. */
  static final int LINES = 16;

  /* Windows of lines are hashed, and of the hashes those that are 0 modulo SAMPLE are kept, so that
   * the same text keeps the same windows wherever it stands. As S. Schleimer, D. Wilkerson, A. Aiken:
   * Winnowing: Local algorithms for document fingerprinting. SIGMOD 2003, section 2 describes. */
  private static final int SAMPLE = 8;
  private static final int MOST_WINDOWS = 500_000;
  private static final int CANDIDATES = 40;
  private static final int SHOWN = 3;
  private static final Pattern NOISE =
      Pattern.compile(
          "^(?://|/?\\*|#|--|import\\b|package\\b|from\\b|using\\b|@Override|[\\W_]*$).*");

  private record At(String path, int index) {}

  private record Pair(String first, String second) {}

  /** Two windows that are the same, by the index of their first telling line. */
  private record Match(int first, int second) {}

  private final Map<Long, At> windows = new HashMap<>();
  private final Map<Pair, List<Match>> matches = new HashMap<>();

  void add(String path, List<String> lines) {
    List<Told> told = telling(lines);
    var hashes = new long[told.size()];
    for (int i = 0; i < told.size(); i++) {
      hashes[i] = hash(told.get(i).text());
    }
    for (int i = 0; i + LINES <= hashes.length; i++) {
      long window = 17;
      for (int j = i; j < i + LINES; j++) {
        window = window * 0x5DEECE66DL + hashes[j];
      }
      window ^= window >>> 29;
      if (Math.floorMod(window, (long) SAMPLE) == 0) {
        meet(window, new At(path, i));
      }
    }
  }

  private void meet(long window, At here) {
    At before = windows.get(window);
    if (before == null) {
      if (windows.size() < MOST_WINDOWS) {
        windows.put(window, here);
      }
    } else if (!before.path().equals(here.path())) {
      matches
          .computeIfAbsent(new Pair(before.path(), here.path()), _ -> new ArrayList<>(1))
          .add(new Match(before.index(), here.index()));
    }
  }

  /**
   * The longest first; a file is told of once.
   *
   * @param content reads a file again; empty if it cannot be read
   */
  List<Repetition> longest(Function<String, List<String>> content) {
    List<Pair> candidates =
        matches.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                        (Map.Entry<Pair, List<Match>> each) -> -each.getValue().size())
                    .thenComparing(each -> each.getKey().first())
                    .thenComparing(each -> each.getKey().second()))
            .limit(CANDIDATES)
            .map(Map.Entry::getKey)
            .toList();
    var all = new ArrayList<Repetition>();
    for (Pair pair : candidates) {
      longest(pair, content).ifPresent(all::add);
    }
    all.sort(
        Comparator.comparingInt(Repetition::lines)
            .reversed()
            .thenComparing(each -> each.first().path())
            .thenComparing(each -> each.second().path()));
    var told = new HashSet<String>();
    return all.stream().filter(each -> isNews(each, told)).limit(SHOWN).toList();
  }

  private static boolean isNews(Repetition repetition, Set<String> told) {
    boolean first = told.add(repetition.first().path());
    boolean second = told.add(repetition.second().path());
    return first && second;
  }

  private Optional<Repetition> longest(Pair pair, Function<String, List<String>> content) {
    List<Told> first = telling(content.apply(pair.first()));
    List<Told> second = telling(content.apply(pair.second()));
    Repetition best = null;
    for (Match match : matches.getOrDefault(pair, List.of())) {
      int a = match.first();
      int b = match.second();
      while (a > 0 && b > 0 && same(first, a - 1, second, b - 1)) {
        a--;
        b--;
      }
      int lines = 0;
      while (same(first, a + lines, second, b + lines)) {
        lines++;
      }
      if (lines >= LINES && (best == null || lines > best.lines())) {
        best =
            new Repetition(
                lines,
                new Place(pair.first(), first.get(a).line()),
                new Place(pair.second(), second.get(b).line()));
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean same(List<Told> first, int a, List<Told> second, int b) {
    return a < first.size()
        && b < second.size()
        && first.get(a).text().equals(second.get(b).text());
  }

  /** A line that says something, without indentation. */
  private record Told(String text, int line) {}

  private static List<Told> telling(List<String> lines) {
    var told = new ArrayList<Told>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i).strip();
      if (!text.isEmpty() && text.length() < 400 && !NOISE.matcher(text).matches()) {
        told.add(new Told(text, i + 1));
      }
    }
    return told;
  }

  private static long hash(String text) {
    long hash = 1125899906842597L;
    for (int i = 0; i < text.length(); i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }
}
