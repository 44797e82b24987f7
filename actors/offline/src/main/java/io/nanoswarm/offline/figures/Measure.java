package io.nanoswarm.offline.figures;

import io.nanoswarm.offline.figures.Figures.FoundFile;
import io.nanoswarm.offline.figures.Figures.Language;
import io.nanoswarm.offline.figures.Figures.Outlier;
import io.nanoswarm.offline.figures.Figures.Size;
import io.nanoswarm.offline.figures.Figures.Whole;
import io.nanoswarm.offline.search.Progress;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.offline.workspace.TestFiles;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Counts a workspace: every file is read once, one at a time.
 *
 * <p>Guarantees: the same files, found places and history give the same figures. A file that is not
 * what it was any more is left out, and named.
 */
public final class Measure {
  private static final int LANGUAGES = 6;
  private static final int LARGEST = 6;
  private static final int OUTLIERS = 3;
  private static final int UNLIKE = 10;
  private static final int LARGE = 1_000;

  /**
   * @param changed files that were left out, and why
   */
  public record Result(Figures figures, List<String> changed) {
    public Result {
      changed = List.copyOf(changed);
    }
  }

  private final Path root;
  private final List<Manifest.File> files;
  private final List<String> found;
  private final Function<String, List<String>> content;
  private final Map<String, Integer> lines = new TreeMap<>();
  private final List<String> changed = new ArrayList<>();
  private final Markers markers;
  private final Repetitions repetitions = new Repetitions();

  private Measure(
      Path root,
      List<Manifest.File> files,
      List<String> found,
      Function<String, List<String>> content) {
    this.root = root;
    this.files = files;
    this.found = found;
    this.content = content;
    this.markers = new Markers(Set.copyOf(found));
  }

  /**
   * @param found the files that were found, best first, each once
   * @param content reads a file again; empty if it cannot be read
   */
  public static Result of(
      Path root,
      List<Manifest.File> files,
      List<String> found,
      Function<String, List<String>> content,
      Progress progress)
      throws InterruptedException {
    var measure = new Measure(root, files, found, content);
    measure.read(progress);
    progress.doing("reading the history");
    return measure.result(GitHistory.read(root));
  }

  private void read(Progress progress) throws InterruptedException {
    var contents = new HashSet<String>();
    for (int i = 0; i < files.size(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Manifest.File file = files.get(i);
      progress.reading(file.path(), i, files);
      try {
        List<String> text = SourceText.read(root, file).lines();
        lines.put(file.path(), text.size());
        if (Languages.isProgram(file.path())) {
          markers.add(file.path(), text);
          // A copy of a whole file is one file to those who read it.
          if (!TestFiles.isTest(file.path()) && contents.add(file.sha256())) {
            repetitions.add(file.path(), text);
          }
        }
      } catch (SourceText.FileChanged e) {
        changed.add(e.getMessage());
      }
    }
  }

  private Result result(GitHistory.Changes changes) {
    var churning = new Churning(changes, lines.keySet());
    List<Size> sources = sources();
    int median = sources.isEmpty() ? 0 : sources.get(sources.size() / 2).lines();
    return new Result(
        new Figures(
            whole(sources.size(), median),
            languages(),
            sources.stream().limit(LARGEST).toList(),
            churning.history(),
            markers.all(),
            repetitions.longest(content),
            outliers(sources, median),
            found.stream().filter(lines::containsKey).map(path -> found(path, churning)).toList()),
        changed);
  }

  private Whole whole(int sources, int median) {
    long all = lines.values().stream().mapToLong(Integer::longValue).sum();
    int tests =
        (int)
            lines.keySet().stream()
                .filter(each -> Languages.isProgram(each) && TestFiles.isTest(each))
                .count();
    return new Whole(lines.size(), all, sources, tests, median);
  }

  /** Programs that are no tests, the longest first. */
  private List<Size> sources() {
    return lines.entrySet().stream()
        .filter(each -> Languages.isProgram(each.getKey()) && !TestFiles.isTest(each.getKey()))
        .map(each -> new Size(each.getKey(), each.getValue()))
        .sorted(Comparator.comparingInt(Size::lines).reversed().thenComparing(Size::path))
        .toList();
  }

  private List<Language> languages() {
    Map<String, Language> byName = new HashMap<>();
    lines.forEach((path, count) ->
        byName.merge(Languages.of(path), new Language(Languages.of(path), 1, count), Measure::sum));
    Language other = byName.remove(Languages.OTHER);
    var sorted = new ArrayList<>(byName.values());
    sorted.sort(Comparator.comparingLong(Language::lines).reversed().thenComparing(Language::name));
    var shown = new ArrayList<>(sorted.subList(0, Math.min(LANGUAGES, sorted.size())));
    for (Language each : sorted.subList(shown.size(), sorted.size())) {
      other = other == null ? each : sum(other, each);
    }
    if (other != null) {
      shown.add(new Language(Languages.OTHER, other.files(), other.lines()));
    }
    return shown;
  }

  private static Language sum(Language a, Language b) {
    return new Language(a.name(), a.files() + b.files(), a.lines() + b.lines());
  }

  private static List<Outlier> outliers(List<Size> sources, int median) {
    return sources.stream()
        .filter(each -> each.lines() >= LARGE && each.lines() >= UNLIKE * median)
        .limit(OUTLIERS)
        .map(each ->
            new Outlier(
                each.path(),
                String.format(
                    Locale.ROOT,
                    "%,d lines, %d times the median",
                    each.lines(),
                    each.lines() / Math.max(1, median))))
        .toList();
  }

  private FoundFile found(String path, Churning churning) {
    return new FoundFile(
        path,
        lines.getOrDefault(path, 0),
        TestNames.of(path, lines.keySet()),
        markers.in(path),
        churning.commits(path),
        churning.last(path),
        churning.lastSubject(path),
        churning.authors(path),
        churning.with(path));
  }
}
