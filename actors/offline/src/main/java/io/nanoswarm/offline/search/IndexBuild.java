package io.nanoswarm.offline.search;

import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.text.WordAnalyzer;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.FSDirectory;

/**
 * Writes the index of some files: one segment, passages in the order of paths and lines, by one
 * thread. The whole is on disk when it returns.
 */
final class IndexBuild {
  private static final double BUFFER_MEGABYTES = 16;

  private IndexBuild() {}

  static void write(Path folder, Path root, List<Manifest.File> files, Progress progress)
      throws IOException, InterruptedException, SourceText.FileChanged {
    var config =
        new IndexWriterConfig(new WordAnalyzer())
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
            .setMergePolicy(new LogByteSizeMergePolicy())
            .setMergeScheduler(new SerialMergeScheduler())
            .setRAMBufferSizeMB(BUFFER_MEGABYTES)
            .setCommitOnClose(false);
    try (var directory = FSDirectory.open(folder);
        var writer = new IndexWriter(directory, config)) {
      for (int i = 0; i < files.size(); i++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        progress.reading(files.get(i).path(), i, files);
        SourceText text = SourceText.read(root, files.get(i));
        Source source = Source.of(text.path(), text.lines());
        for (Passage passage : source.passages()) {
          writer.addDocument(PassageFields.document(source, passage));
        }
      }
      writer.forceMerge(1);
      writer.commit();
    }
  }
}
