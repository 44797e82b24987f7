package io.nanoswarm.offline.figures;

import io.nanoswarm.offline.figures.Figures.Author;
import io.nanoswarm.offline.figures.Figures.Churn;
import io.nanoswarm.offline.figures.Figures.History;
import io.nanoswarm.offline.figures.Figures.Together;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what commits say of the files that are there: how often, by whom, with what. Pure. */
final class Churning {
  /** A commit of more files is a move or a format, and says nothing of what belongs together. */
  private static final int BELONG = 12;

  private static final int AUTHORS = 5;
  private static final int CHURN = 6;
  private static final int TOGETHER = 3;
  private static final int OFTEN = 3;

  private record Pair(String path, String other) {}

  private static final class OfFile {
    private final Map<String, Integer> authors = new HashMap<>();
    private int commits;
    private GitHistory.@Nullable Change latest;
  }

  private final GitHistory.Changes changes;
  private final Map<String, OfFile> files = new HashMap<>();
  private final Map<Pair, Integer> pairs = new HashMap<>();
  private final Map<String, Integer> authors = new HashMap<>();

  /**
   * @param present the files that there are now
   */
  Churning(GitHistory.Changes changes, Set<String> present) {
    this.changes = changes;
    for (GitHistory.Change change : changes.changes()) {
      authors.merge(change.author(), 1, Integer::sum);
      List<String> paths = change.paths().stream().filter(present::contains).sorted().toList();
      for (String path : paths) {
        OfFile file = files.computeIfAbsent(path, _ -> new OfFile());
        file.commits++;
        file.authors.merge(change.author(), 1, Integer::sum);
        if (file.latest == null) {
          file.latest = change;
        }
      }
      if (change.paths().size() <= BELONG) {
        pairs(paths);
      }
    }
  }

  private void pairs(List<String> paths) {
    for (int i = 0; i < paths.size(); i++) {
      for (int j = i + 1; j < paths.size(); j++) {
        pairs.merge(new Pair(paths.get(i), paths.get(j)), 1, Integer::sum);
      }
    }
  }

  History history() {
    List<GitHistory.Change> all = changes.changes();
    if (all.isEmpty()) {
      return History.none(changes.remark());
    }
    List<Churn> churn =
        files.entrySet().stream()
            .map(each -> churn(each.getKey(), each.getValue()))
            .filter(each -> each.commits() > 1)
            .sorted(Comparator.comparingInt(Churn::commits).reversed().thenComparing(Churn::path))
            .limit(CHURN)
            .toList();
    return new History(
        all.size(),
        changes.complete(),
        all.stream().map(GitHistory.Change::day).min(Comparator.naturalOrder()).orElse(""),
        all.stream().map(GitHistory.Change::day).max(Comparator.naturalOrder()).orElse(""),
        changes.remark(),
        ranked(authors),
        churn,
        together());
  }

  private static Churn churn(String path, OfFile file) {
    return new Churn(path, file.commits, file.latest == null ? "" : file.latest.day());
  }

  /** Tests change with what they test: that is no news. */
  private static boolean testAndTested(String path, String other) {
    return !TestNames.of(path, List.of(other)).isEmpty()
        || !TestNames.of(other, List.of(path)).isEmpty();
  }

  private List<Together> together() {
    var often = new ArrayList<Together>();
    pairs.forEach((pair, times) -> {
      int fewer = Math.min(commits(pair.path()), commits(pair.other()));
      if (times >= OFTEN && times * 2 >= fewer && !testAndTested(pair.path(), pair.other())) {
        often.add(new Together(pair.path(), pair.other(), times));
      }
    });
    often.sort(MOST_OFTEN);
    return often.stream().limit(TOGETHER).toList();
  }

  private static final Comparator<Together> MOST_OFTEN =
      Comparator.comparingInt(Together::times)
          .reversed()
          .thenComparing(Together::path)
          .thenComparing(Together::other);

  int commits(String path) {
    OfFile file = files.get(path);
    return file == null ? 0 : file.commits;
  }

  String last(String path) {
    OfFile file = files.get(path);
    return file == null || file.latest == null ? "" : file.latest.day();
  }

  String lastSubject(String path) {
    OfFile file = files.get(path);
    return file == null || file.latest == null ? "" : file.latest.subject();
  }

  List<Author> authors(String path) {
    OfFile file = files.get(path);
    return file == null ? List.of() : ranked(file.authors);
  }

  /** What changed with one file more than once, the most often first. */
  List<Together> with(String path) {
    var with = new ArrayList<Together>();
    pairs.forEach((pair, times) -> {
      if (times > 1 && pair.path().equals(path)) {
        with.add(new Together(path, pair.other(), times));
      } else if (times > 1 && pair.other().equals(path)) {
        with.add(new Together(path, pair.path(), times));
      }
    });
    with.removeIf(each -> testAndTested(each.path(), each.other()));
    with.sort(MOST_OFTEN);
    return with.stream().limit(TOGETHER).toList();
  }

  private static List<Author> ranked(Map<String, Integer> commits) {
    return commits.entrySet().stream()
        .map(each -> new Author(each.getKey(), each.getValue()))
        .sorted(Comparator.comparingInt(Author::commits).reversed().thenComparing(Author::name))
        .limit(AUTHORS)
        .toList();
  }
}
