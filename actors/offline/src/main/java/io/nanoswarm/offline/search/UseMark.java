package io.nanoswarm.offline.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * Says that an index is being read, to all JVMs of this machine: a locked file in the index's
 * folder. Setting and taking away the mark also tells by the folder's time when it was used last.
 *
 * <p>Guarantees: a mark ends with its process, however that ends; what is left of it then says
 * nothing.
 */
final class UseMark {
  private static final String PREFIX = "in-use-";

  private final Lock lock;
  private final Path file;

  private UseMark(Lock lock, Path file) {
    this.lock = lock;
    this.file = file;
  }

  /**
   * @throws IOException if the index is being removed, or the disk fails
   */
  static UseMark set(Path index) throws IOException {
    String name = PREFIX + UUID.randomUUID();
    try (var directory = FSDirectory.open(index)) {
      return new UseMark(directory.obtainLock(name), index.resolve(name));
    }
  }

  void takeAway() throws IOException {
    lock.close();
    Files.deleteIfExists(file);
  }

  /** Whether anybody reads the index; clears away what killed processes left. */
  static boolean isOn(Path index) throws IOException {
    boolean found = false;
    try (var directory = FSDirectory.open(index);
        var marks = Files.newDirectoryStream(index, PREFIX + "*")) {
      for (Path mark : marks) {
        try (var _ = directory.obtainLock(mark.getFileName().toString())) {
          Files.deleteIfExists(mark);
        } catch (LockObtainFailedException | NoSuchFileException _) {
          // Held by a reader, or just being taken away: then it counts as held once more.
          found = true;
        }
      }
    }
    return found;
  }
}
