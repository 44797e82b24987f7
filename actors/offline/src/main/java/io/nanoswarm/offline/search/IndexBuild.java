package io.nanoswarm.offline.search;

import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.text.WordAnalyzer;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.FSDirectory;

/**
 * Writes the index of some files: one segment, passages in the order of paths and lines, by one
 * thread. What is taken over from other indexes is not told from what was read. The whole is on
 * disk when it returns.
 */
final class IndexBuild {
  private static final double BUFFER_MEGABYTES = 16;

  private IndexBuild() {}

  /**
   * @param known passages of some of the files, from other indexes
   * @param unknown the other files
   */
  static void write(
      Path folder,
      Path root,
      List<CodecReader> known,
      List<Manifest.File> unknown,
      Progress progress)
      throws IOException, InterruptedException, SourceText.FileChanged {
    var config =
        new IndexWriterConfig(new WordAnalyzer())
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
            .setIndexSort(PassageFields.ORDER)
            .setMergePolicy(new LogByteSizeMergePolicy())
            .setMergeScheduler(new SerialMergeScheduler())
            .setRAMBufferSizeMB(BUFFER_MEGABYTES)
            .setCommitOnClose(false);
    try (var directory = FSDirectory.open(folder);
        var writer = new IndexWriter(directory, config)) {
      if (!known.isEmpty()) {
        writer.addIndexes(known.toArray(CodecReader[]::new));
      }
      for (int i = 0; i < unknown.size(); i++) {
        stopIfInterrupted();
        progress.reading(unknown.get(i).path(), i, unknown);
        add(writer, root, unknown.get(i));
      }
      stopIfInterrupted();
      writer.forceMerge(1);
      writer.commit();
    }
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private static void add(IndexWriter writer, Path root, Manifest.File file)
      throws IOException, SourceText.FileChanged {
    SourceText text = SourceText.read(root, file);
    Source source = Source.of(text.path(), text.lines());
    int number = 0;
    for (Passage passage : source.passages()) {
      writer.addDocument(PassageFields.document(file, source, passage, number));
      number++;
    }
  }
}
