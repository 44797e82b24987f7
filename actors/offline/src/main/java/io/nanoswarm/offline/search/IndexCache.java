package io.nanoswarm.offline.search;

import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.text.WordAnalyzer;
import io.nanoswarm.offline.workspace.Sha256;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * The indexes kept on one machine, each named by a hash of what it was made of.
 *
 * <p>Guarantees: an index appears whole or not at all, by a rename; making one twice, at the same
 * time or after a kill, is harmless, and what a killed process left half-made is removed when the
 * next one is made. An index that cannot be opened is made anew. What others hold of the same files
 * is taken over, so that just the files that are new or changed are analysed. Whenever one was
 * made, those that were used least recently are removed until the rest is below {@link
 * IndexCacheSettings#maxBytes}, but none that is open anywhere on this machine.
 */
public final class IndexCache {
  private static final String MAKING = "making-";

  /** Of how many indexes at most, those used last, passages are taken over. */
  private static final int MOST_LOOKED_INTO = 48;

  /**
   * Its hint to add an incubating module helps nobody who runs agents; kept, or it is forgotten.
   */
  private static final Logger VECTORS =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  static {
    VECTORS.setLevel(Level.SEVERE);
  }

  private final Path folder;
  private final IndexCacheSettings settings;

  public IndexCache(Path cache, IndexCacheSettings settings) {
    this.folder = cache.resolve("full-text");
    this.settings = settings;
  }

  /**
   * An open index; whoever opened it closes the reader.
   *
   * @param changed what files are left out of it, and why
   */
  public record Opened(DirectoryReader reader, List<String> changed) {}

  /**
   * Opens the index of some files, and makes it before if it is not there.
   *
   * @throws IOException if a file changes while it is read, or the disk fails
   */
  public Opened open(Path root, List<Manifest.File> files, Progress progress)
      throws IOException, InterruptedException {
    Optional<DirectoryReader> made = existing(place(files));
    if (made.isPresent()) {
      return new Opened(made.get(), List.of());
    }
    var unchanged = new ArrayList<Manifest.File>();
    var changed = new ArrayList<String>();
    for (Manifest.File file : files) {
      try {
        SourceText.check(root, file);
        unchanged.add(file);
      } catch (SourceText.FileChanged e) {
        changed.add(e.getMessage());
      }
    }
    Path place = place(unchanged);
    Optional<DirectoryReader> reader = existing(place);
    if (reader.isEmpty()) {
      make(place, root, unchanged, progress);
      reader = existing(place);
      LeastUsed.remove(folder, MAKING, settings.maxBytes());
    }
    return new Opened(
        reader.orElseThrow(() -> new IOException("index " + place + " cannot be opened")), changed);
  }

  private Path place(List<Manifest.File> files) {
    var content =
        new StringBuilder("passages %s of %s\n".formatted(WordAnalyzer.VERSION, Source.VERSION));
    for (Manifest.File file : files) {
      content.append(file.sha256()).append(' ').append(file.path()).append('\n');
    }
    return folder.resolve(Sha256.of(content.toString()));
  }

  private static Optional<DirectoryReader> existing(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    UseMark mark;
    try {
      mark = UseMark.set(place);
    } catch (LockObtainFailedException | NoSuchFileException _) {
      return Optional.empty(); // it is being removed
    }
    try {
      DirectoryReader reader = DirectoryReader.open(FSDirectory.open(place));
      reader.getReaderCacheHelper().addClosedListener(_ -> mark.takeAway());
      return Optional.of(reader);
    } catch (IOException | IllegalArgumentException _) {
      mark.takeAway();
      Folders.delete(place);
      return Optional.empty();
    }
  }

  private void make(Path place, Path root, List<Manifest.File> files, Progress progress)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    removeAbandoned();
    try (var known = known(files)) {
      make(place, root, known, files, progress);
    }
  }

  private void make(
      Path place, Path root, KnownPassages known, List<Manifest.File> files, Progress progress)
      throws IOException, InterruptedException {
    Path making = Files.createTempDirectory(folder, MAKING);
    try {
      IndexBuild.write(making, root, known.readers(), known.unknown(files), progress);
      Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (SourceText.FileChanged e) {
      throw new IOException(e.getMessage() + ", while it was indexed", e);
    } catch (AtomicMoveNotSupportedException e) {
      throw e;
    } catch (FileSystemException e) {
      if (!Files.isDirectory(place)) {
        throw e;
      }
    } finally {
      boolean interrupted = Thread.interrupted();
      Folders.delete(making);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private KnownPassages known(List<Manifest.File> files) throws IOException, InterruptedException {
    List<Path> indexes = LeastUsed.lastUsedFirst(folder, MAKING);
    var known = new KnownPassages(files);
    for (int i = 0; i < Math.min(MOST_LOOKED_INTO, indexes.size()) && !known.isComplete(); i++) {
      if (Thread.interrupted()) {
        known.close();
        throw new InterruptedException();
      }
      known.lookInto(indexes.get(i));
    }
    return known;
  }

  /**
   * Lucene's lock on a folder dies with its process: who gets it knows that nobody writes there.
   */
  private void removeAbandoned() throws IOException {
    try (var folders = Files.newDirectoryStream(folder, MAKING + "*")) {
      for (Path each : folders) {
        if (!Files.exists(each.resolve(IndexWriter.WRITE_LOCK_NAME))) {
          continue;
        }
        try (var directory = FSDirectory.open(each);
            var _ = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
          Folders.delete(each);
        } catch (LockObtainFailedException | NoSuchFileException _) {
          // Somebody writes there, or has just finished.
        }
      }
    }
  }
}
