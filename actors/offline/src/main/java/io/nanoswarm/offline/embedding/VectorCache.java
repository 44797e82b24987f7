package io.nanoswarm.offline.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Vectors that were computed on this machine, each in a file named by a hash of what it was
 * computed of.
 *
 * <p>Guarantees: a vector appears whole or not at all; one that cannot be read counts as none.
 * Several processes may use it at once; each looks now and then whether there are more than {@link
 * #MOST}, and removes those that were written first. A disk that is full costs the cache and
 * nothing else.
 */
final class VectorCache {
  static final int MOST = 20_000;

  /** Of those written by this process, since the folder was last looked through. */
  private static final int LOOK_THROUGH_AFTER = 1_000;

  private static final String MAKING = "making-";

  private final Path folder;
  private final int most;
  private int written = LOOK_THROUGH_AFTER;

  VectorCache(Path folder) {
    this(folder, MOST);
  }

  VectorCache(Path folder, int most) {
    this.folder = folder;
    this.most = most;
  }

  /** Empty if there is none of so many numbers. */
  Optional<float[]> find(String key, int dimensions) {
    Path place = folder.resolve(key);
    try {
      byte[] bytes = Files.readAllBytes(place);
      if (bytes.length != dimensions * Float.BYTES) {
        return Optional.empty();
      }
      var vector = new float[dimensions];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
      return Optional.of(vector);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  synchronized void keep(String key, float[] vector) {
    var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    try {
      Files.createDirectories(folder);
      Path making = Files.createTempFile(folder, MAKING, "");
      try {
        Files.write(making, bytes.array());
        Files.move(making, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(making);
      }
      if (++written >= LOOK_THROUGH_AFTER) {
        written = 0;
        removeFirstWritten();
      }
    } catch (IOException | DirectoryIteratorException _) {
      // Computed again next time.
    }
  }

  /** Leaves room for those until the next look. What a killed process left half-made goes too. */
  private void removeFirstWritten() throws IOException {
    record Kept(Path place, FileTime written) {}
    List<Kept> kept = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        kept.add(new Kept(each, written(each)));
      }
    }
    kept.sort(Comparator.comparing(Kept::written).thenComparing(Kept::place));
    int room = Math.min(LOOK_THROUGH_AFTER, most / 2);
    for (int i = 0; i < kept.size() - (most - room); i++) {
      Files.deleteIfExists(kept.get(i).place());
    }
  }

  private static FileTime written(Path each) {
    try {
      return Files.getLastModifiedTime(each);
    } catch (IOException _) {
      return FileTime.fromMillis(0); // another process has just removed it
    }
  }
}
