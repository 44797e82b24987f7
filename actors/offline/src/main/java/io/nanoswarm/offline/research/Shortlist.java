package io.nanoswarm.offline.research;

import io.nanoswarm.offline.embedding.Embeddings;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.search.Feedback;
import io.nanoswarm.offline.search.Progress;
import io.nanoswarm.offline.search.Ranking;
import io.nanoswarm.offline.search.WorkspaceIndex;
import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passages of a whole workspace that are worth reading for a question, and how far their files
 * speak of it. The same for every part of the workspace.
 *
 * @param coverage how much each word of the question tells in this workspace
 * @param passages by file
 * @param files how far each file as a whole speaks of the question and of what goes with it here, 0
 *     to 1
 * @param nearness of the files of the highest rank, and in a folder of at most {@value
 *     #MOST_BEGINNINGS} files of those that begin like the question, to the question in meaning, 0
 *     to 1; empty where no model was added, and of a question about the whole
 */
record Shortlist(
    Question question,
    Coverage coverage,
    Map<String, List<Passage>> passages,
    Map<String, Double> files,
    Map<String, Double> nearness) {
  private static final int PASSAGES = 400;
  private static final int FILES = 60;
  private static final int PASSAGES_OF_FILES = 600;

  /** Files that begin like the question, beside those of the highest rank. */
  private static final int FILES_BY_BEGINNING = 40;

  /** A model takes some 7 ms for the beginning of each file: of more, only words choose. */
  static final int MOST_BEGINNINGS = 1_000;

  /** Passages of a file that speaks of what goes with the question, and of no word of it. */
  private static final int PASSAGES_OF_OTHER_WORDS = 5;

  /** Passages that are read to learn what words go with the question, and those learned from. */
  private static final int FIRST_READ = 40;

  private static final int LEARNED_FROM = 10;

  /**
   * @param part the index of the one that is searched first, or -1 for none; it changes no result
   */
  static Shortlist of(
      Question question,
      WorkspaceIndex index,
      Path root,
      List<List<Manifest.File>> parts,
      int part,
      Optional<Embeddings> embeddings,
      Progress progress)
      throws IOException, InterruptedException {
    Coverage coverage = index.coverage(question);
    Map<String, Double> files = files(question, coverage, index, root, parts);
    Set<String> best = best(files);
    // Of a question about the whole no word says what is looked for: it is near to nothing.
    Optional<NearFiles> near =
        embeddings
            .filter(_ -> !question.isAboutTheWhole())
            .map(each -> new NearFiles(each, question.text(), root, parts, part, progress));
    // Of what does not go by meaning, or in other languages than English, that would tell nothing.
    if (near.isPresent()
        && question.goesByMeaning()
        && question.isEnglish()
        && parts.stream().mapToInt(List::size).sum() <= MOST_BEGINNINGS) {
      best.addAll(near.get().beginningLikeIt(FILES_BY_BEGINNING));
    }
    var found = new LinkedHashSet<>(index.candidates(question, PASSAGES));
    found.addAll(index.candidates(question, best, PASSAGES_OF_FILES));
    var passages = byFile(found);
    if (near.isPresent()) {
      for (String path : best) {
        if (!passages.containsKey(path)) {
          passages.putAll(byFile(index.passages(path, PASSAGES_OF_OTHER_WORDS)));
        }
      }
    }
    Map<String, Double> nearness = near.isPresent() ? near.get().nearness(best) : Map.of();
    return new Shortlist(question, coverage, passages, files, nearness);
  }

  /** The passages that match fewer words, valued by the same. */
  Shortlist narrowed(Question fewer, WorkspaceIndex index) throws IOException {
    return new Shortlist(
        question, coverage, byFile(index.candidates(fewer, PASSAGES)), files, nearness);
  }

  /** As the words teach that stand in the passages which match best. */
  private static Map<String, Double> files(
      Question question,
      Coverage coverage,
      WorkspaceIndex index,
      Path root,
      List<List<Manifest.File>> parts)
      throws IOException, InterruptedException {
    Map<String, Double> asked = index.files(question);
    var ranking = new Ranking(coverage);
    var manifest = new HashMap<String, Manifest.File>();
    parts.forEach(part -> part.forEach(file -> manifest.put(file.path(), file)));
    record Heard(List<String> terms, double score, String path, int line) {}
    var heard = new ArrayList<Heard>();
    for (var each : byFile(index.candidates(question, FIRST_READ)).entrySet()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Manifest.File file = manifest.get(each.getKey());
      if (file == null) {
        continue;
      }
      try {
        SourceText text = SourceText.read(root, file);
        Source source = Source.of(text.path(), text.lines());
        double whole = asked.getOrDefault(file.path(), 0.0);
        for (Passage passage : each.getValue()) {
          double score = ranking.rank(source, passage, text.lines().size(), whole, 0).score();
          heard.add(new Heard(Ranking.terms(source, passage), score, file.path(), passage.first()));
        }
      } catch (SourceText.FileChanged _) {
        // Nothing is learned from it; whoever searches its part reports it.
      }
    }
    heard.sort(
        Comparator.comparingDouble(Heard::score)
            .reversed()
            .thenComparing(Heard::path)
            .thenComparingInt(Heard::line));
    var feedback = new Feedback(question);
    heard.stream().limit(LEARNED_FROM).forEach(each -> feedback.hear(each.terms(), each.score()));
    return index.files(index.expanded(feedback));
  }

  private static Set<String> best(Map<String, Double> files) {
    return files.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(FILES)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static LinkedHashMap<String, List<Passage>> byFile(
      Iterable<WorkspaceIndex.Candidate> candidates) {
    var byFile = new LinkedHashMap<String, List<Passage>>();
    for (WorkspaceIndex.Candidate each : candidates) {
      byFile.computeIfAbsent(each.path(), _ -> new ArrayList<>()).add(each.passage());
    }
    return byFile;
  }
}
