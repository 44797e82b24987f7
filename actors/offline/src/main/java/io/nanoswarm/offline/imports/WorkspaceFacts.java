package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.search.Progress;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The facts of all files of a workspace whose language is known.
 *
 * <p>Guarantees: the same files give the same facts, cached or not; of file contents, about half a
 * megabyte is in memory at a time. Java is read by the JDK's parser where the runtime has it, and
 * line by line elsewhere or where a file is too deep for it.
 *
 * @param byPath sorted by path
 * @param changed files that are not what they were and were left out, and why
 */
public record WorkspaceFacts(Map<String, FileFacts> byPath, List<String> changed) {
  private static final long BATCH_BYTES = 512 * 1024;

  /** Blocks for as long as it takes to read what the cache does not know. */
  public static WorkspaceFacts read(
      Path root, List<Manifest.File> files, FactsCache cache, Progress progress)
      throws IOException, InterruptedException {
    var reader = new Reader(root, cache.open(root), progress);
    try {
      for (int i = 0; i < files.size(); i++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        reader.add(files.get(i), i, files);
      }
      reader.flush();
    } finally {
      reader.close();
    }
    if (reader.news) {
      cache.save(root, files, reader.facts);
    }
    return new WorkspaceFacts(reader.facts, List.copyOf(reader.changed));
  }

  private static final class Reader {
    private final Path root;
    private final Map<String, FileFacts> known;
    private final Progress progress;
    private final Map<String, FileFacts> facts = new TreeMap<>();
    private final List<String> changed = new ArrayList<>();
    private final List<SourceText> batch = new ArrayList<>();
    private final JavaReading java = new JavaReading();
    private long bytes;
    private boolean news;

    Reader(Path root, Map<String, FileFacts> known, Progress progress) {
      this.root = root;
      this.known = known;
      this.progress = progress;
    }

    void add(Manifest.File file, int index, List<Manifest.File> files) throws IOException {
      SourceLanguage language = SourceLanguage.of(file.path());
      if (language == SourceLanguage.OTHER) {
        return;
      }
      FileFacts before = known.get(FactsCache.key(file));
      if (before != null) {
        facts.put(file.path(), before);
        return;
      }
      news = true;
      progress.reading(file.path(), index, files);
      SourceText text;
      try {
        text = SourceText.read(root, file);
      } catch (SourceText.FileChanged e) {
        changed.add(e.getMessage());
        return;
      }
      if (language == SourceLanguage.JAVA) {
        batch.add(text);
        bytes += file.size();
        if (bytes > BATCH_BYTES) {
          flush();
        }
      } else {
        facts.put(file.path(), of(language, text.lines()));
      }
    }

    void flush() throws IOException {
      List<FileFacts> read = java.read(batch);
      for (int i = 0; i < batch.size(); i++) {
        facts.put(batch.get(i).path(), read.get(i));
      }
      batch.clear();
      bytes = 0;
    }

    void close() throws IOException {
      java.close();
    }
  }

  static FileFacts of(SourceLanguage language, List<String> lines) {
    return switch (language) {
      case JAVA, KOTLIN, SCALA -> JvmLines.read(language, lines);
      case PYTHON -> PythonLines.read(lines);
      case SCRIPT -> ScriptLines.read(lines);
      case GO -> GoLines.read(lines);
      case RUST -> RustLines.read(lines);
      case C -> IncludeLines.read(lines);
      case MARKDOWN -> LinkLines.read(lines);
      case OTHER -> FileFacts.NONE;
    };
  }
}
