package io.nanoswarm.offline.research;

import io.nanoswarm.offline.embedding.Beginnings;
import io.nanoswarm.offline.embedding.Embeddings;
import io.nanoswarm.offline.embedding.Nearness;
import io.nanoswarm.offline.search.Progress;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How near the files of a workspace are to one question in meaning.
 *
 * <p>What is measured is kept on the machine, where whoever searches other parts finds it: each
 * begins with the files of its own part, and goes through the others in an order of its own, so
 * that several share the work. The order changes no result, if no file changes meanwhile.
 */
final class NearFiles {
  private static final int TOLD = 10;

  private final Embeddings embeddings;
  private final String question;
  private final Path root;
  private final List<Manifest.File> files;
  private final Progress progress;

  /**
   * @param first the index of the part that is begun with, or -1 for none
   */
  NearFiles(
      Embeddings embeddings,
      String question,
      Path root,
      List<List<Manifest.File>> parts,
      int first,
      Progress progress) {
    this.embeddings = embeddings;
    this.question = question;
    this.root = root;
    this.files = inOrderOfItsOwn(parts, first);
    this.progress = progress;
  }

  private static List<Manifest.File> inOrderOfItsOwn(List<List<Manifest.File>> parts, int first) {
    var ordered = new ArrayList<Manifest.File>();
    for (int i = 0; i < parts.size(); i++) {
      if (i != first) {
        ordered.addAll(parts.get(i));
      }
    }
    Collections.shuffle(ordered, new SplittableRandom(first));
    if (first >= 0) {
      ordered.addAll(0, parts.get(first));
    }
    return List.copyOf(ordered);
  }

  /** The files whose beginnings are nearest, nearest first. */
  List<String> beginningLikeIt(int count) throws InterruptedException {
    Beginnings beginnings = embeddings.beginnings(question);
    for (int i = 0; i < files.size(); i++) {
      Manifest.File file = files.get(i);
      if (!beginnings.addKnown(file.path(), file.sha256())) {
        tell("how files begin", i, files.size());
        read(file).ifPresent(source -> beginnings.add(source, file.sha256()));
      }
      stopIfInterrupted();
    }
    return beginnings.nearest(count);
  }

  /** Of some files, 0 to 1 beside each other. */
  Map<String, Double> nearness(Set<String> paths) throws InterruptedException {
    Nearness nearness = embeddings.to(question);
    List<Manifest.File> some = files.stream().filter(each -> paths.contains(each.path())).toList();
    for (int i = 0; i < some.size(); i++) {
      Manifest.File file = some.get(i);
      tell("what files are about", i, some.size());
      read(file).ifPresent(source -> nearness.add(source, file.sha256()));
      stopIfInterrupted();
    }
    return nearness.scaled();
  }

  /** Empty if it has changed, which whoever searches its part reports. */
  private Optional<Source> read(Manifest.File file) {
    try {
      SourceText text = SourceText.read(root, file);
      return Optional.of(Source.of(text.path(), text.lines()));
    } catch (SourceText.FileChanged _) {
      return Optional.empty();
    }
  }

  private void tell(String what, int index, int all) {
    if (index % Math.max(1, all / TOLD) == 0) {
      progress.doing("comparing %s with the question, %d of %d".formatted(what, index + 1, all));
    }
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
