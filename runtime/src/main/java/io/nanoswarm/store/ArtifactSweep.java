package io.nanoswarm.store;

import io.nanoswarm.artifact.StoredFiles;
import io.nanoswarm.artifact.StoredFiles.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Deletes artifacts to which nothing stored refers any more. Looks at every event, which takes as
 * long as reading the journal.
 *
 * @param folder of the artifacts, each in a folder of the first two letters of its hash
 */
public record ArtifactSweep(SessionRows rows, Path folder) {
  /** What is younger may be about to be referred to by an attempt that still runs. */
  static final Duration GRACE = Duration.ofDays(1);

  /** How many artifacts were deleted, and their bytes. */
  public record Swept(int files, long bytes) {}

  /** Deletes what nothing refers to and is older than a day at that moment. */
  public Swept sweep(Instant now) throws SQLException, IOException {
    Instant before = now.minus(GRACE);
    List<StoredFile> old = old(before);
    Set<String> shared = rows.sharedArtifacts(before);
    if (old.isEmpty() && shared.isEmpty()) {
      return new Swept(0, 0);
    }
    Set<String> mentioned = rows.mentionedHashes();
    shared.removeAll(mentioned);
    rows.deleteSharedArtifacts(shared, before);
    int files = 0;
    long bytes = 0;
    for (StoredFile file : old) {
      // Somebody may have put it again while the journal was read, or removed it.
      if (!mentioned.contains(hash(file.path()))
          && isStillOlder(file.path(), before)
          && Files.deleteIfExists(file.path())) {
        bytes += file.about().size();
        files++;
      }
    }
    return new Swept(files, bytes);
  }

  private List<StoredFile> old(Instant before) throws IOException {
    return StoredFiles.in(folder).stream()
        .filter(file -> file.about().lastModifiedTime().toInstant().isBefore(before))
        .toList();
  }

  private static boolean isStillOlder(Path file, Instant before) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private static String hash(Path file) {
    Path folder = file.getParent();
    return (folder == null ? "" : folder.getFileName()) + file.getFileName().toString();
  }
}
