package io.nanoswarm.offline.research;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.embedding.Embeddings;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.search.Progress;
import io.nanoswarm.offline.search.Ranking;
import io.nanoswarm.offline.search.WorkspaceIndex;
import io.nanoswarm.offline.text.Markdown;
import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Sentence;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Searches one part of a workspace with the statistics of the whole.
 *
 * <p>Guarantees: the best findings of all parts together are the same however the workspace is cut.
 * For that, candidates are drawn from the whole workspace, every passage is scored on its own, at
 * most two passages are taken from a file, and of passages that say the same the best one stands
 * for all.
 */
public final class Research {
  /** Findings of one part. */
  public static final int MAX_FINDINGS = 16;

  private static final int PER_FILE = 2;

  // A heading or a sentence of more characters is none that anybody wrote; it is cut.
  private static final int NAME = 100;
  private static final int SENTENCE = 2000;

  /**
   * What came of it.
   *
   * @param findings best first
   * @param coverage how much each word of the question tells in this workspace
   * @param changed files that are not what they were, and were left out
   */
  public record Result(List<Finding> findings, Coverage coverage, List<String> changed) {}

  private final Path root;
  private final List<List<Manifest.File>> parts;
  private final Optional<Embeddings> embeddings;
  private volatile @Nullable Shortlist latest;

  /**
   * Of one workspace, cut into parts. Safe for use by many threads.
   *
   * @param embeddings with which meanings are compared beside words, where a model was added
   */
  public Research(Path root, List<List<Manifest.File>> parts, Optional<Embeddings> embeddings) {
    this.root = root;
    this.parts = parts;
    this.embeddings = embeddings;
  }

  /**
   * Searches a part. What concerns all parts is kept for the next one that is searched for the same
   * question.
   *
   * @param index of the whole workspace
   * @param part from 1
   */
  public Result search(Question question, WorkspaceIndex index, int part, Progress progress)
      throws IOException, InterruptedException {
    Shortlist shortlist = latest;
    if (shortlist == null || !shortlist.question().equals(question)) {
      progress.doing("looking through the index");
      shortlist = Shortlist.of(question, index, root, parts, part - 1, embeddings, progress);
      latest = shortlist;
    }
    var changed = new TreeSet<>(index.changed());
    List<Finding> found = read(parts.get(part - 1), shortlist, changed, progress);
    return new Result(oncePerStatement(found), shortlist.coverage(), List.copyOf(changed));
  }

  /** What the shortlist has in some files, best first. */
  private List<Finding> read(
      List<Manifest.File> files, Shortlist shortlist, Set<String> changed, Progress progress)
      throws IOException, InterruptedException {
    var ranking = new Ranking(shortlist.coverage());
    var found = new ArrayList<Finding>();
    Map<String, List<Passage>> passages = shortlist.passages();
    List<Manifest.File> worthReading =
        files.stream().filter(file -> passages.containsKey(file.path())).toList();
    for (int i = 0; i < worthReading.size(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Manifest.File file = worthReading.get(i);
      progress.reading(file.path(), i, worthReading);
      try {
        found.addAll(best(ranking, SourceText.read(root, file), shortlist));
      } catch (SourceText.FileChanged e) {
        changed.add(e.getMessage());
      }
    }
    found.sort(Finding.BY_MERIT);
    return found;
  }

  /**
   * Searches all parts for what a first search has not brought: places that speak of a main word of
   * the question, but for those that were off it. They are ranked as before, so that findings of
   * both can be compared.
   */
  public Result again(Question question, WorkspaceIndex index, List<String> off, Progress progress)
      throws IOException, InterruptedException {
    Shortlist first = Shortlist.of(question, index, root, parts, -1, embeddings, progress);
    List<String> main = first.coverage().mainWords();
    progress.doing("looking again for " + String.join(", ", main));
    Shortlist again = first.narrowed(first.coverage().main(), index);
    var changed = new TreeSet<>(index.changed());
    List<Finding> found =
        read(parts.stream().flatMap(List::stream).toList(), again, changed, progress).stream()
            .filter(each -> main.stream().anyMatch(each.words()::contains))
            .filter(each -> !off.contains(each.evidence().place()))
            .toList();
    return new Result(oncePerStatement(found), again.coverage(), List.copyOf(changed));
  }

  private static List<Finding> best(Ranking ranking, SourceText text, Shortlist shortlist) {
    Source source = Source.of(text.path(), text.lines());
    double whole = shortlist.files().getOrDefault(text.path(), 0.0);
    double nearness = shortlist.nearness().getOrDefault(text.path(), 0.0);
    return shortlist.passages().getOrDefault(text.path(), List.of()).stream()
        .map(passage -> ranking.rank(source, passage, text.lines().size(), whole, nearness))
        .filter(Ranking::isRelevant)
        .map(ranked -> finding(source, ranked))
        .sorted(Finding.BY_MERIT)
        .limit(PER_FILE)
        .toList();
  }

  private static Finding finding(Source source, Ranking.Ranked ranked) {
    Passage passage = ranked.passage();
    int focus = ranked.sentence().map(Sentence::line).orElse(passage.first());
    Passage quoted = Quotation.window(passage, focus, source);
    return new Finding(
        Markdown.shorten(passage.name(), NAME),
        new Evidence(
            source.path(),
            quoted.first(),
            quoted.last(),
            source.text(quoted.first(), quoted.last())),
        ranked.score(),
        ranked.byWords(),
        ranked.nearness(),
        ranked.share(),
        ranked.words(),
        ranked.sentence().map(each -> Markdown.shorten(each.text(), SENTENCE)).orElse(""),
        focus);
  }

  /** Saying the same is an equivalence, so that it does not matter who meets whom first. */
  private static List<Finding> oncePerStatement(List<Finding> byMerit) {
    var statements = new LinkedHashMap<String, Finding>();
    byMerit.forEach(finding -> statements.putIfAbsent(Quotation.gist(finding), finding));
    return statements.values().stream().limit(MAX_FINDINGS).toList();
  }
}
