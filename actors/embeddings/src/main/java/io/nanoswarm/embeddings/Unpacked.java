package io.nanoswarm.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Resources of the class path as files, for what reads files alone. They stay for the next JVM, so
 * that one that is killed leaves nothing behind that nobody uses.
 */
final class Unpacked {
  private static final String MAKING = "making-";

  private final Path folder;

  Unpacked(Path folder) {
    this.folder = folder;
  }

  /**
   * The file of a resource; it appears whole or not at all, and several processes may ask for it at
   * once.
   *
   * @param resource its path on the class path
   * @throws IOException if the class path has no such resource, or the disk fails
   */
  Path file(String resource) throws IOException {
    Path place = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    if (Files.isRegularFile(place)) {
      return place;
    }
    Files.createDirectories(folder);
    Path making = Files.createTempFile(folder, MAKING, "");
    try (InputStream in = Unpacked.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the class path has no " + resource);
      }
      Files.copy(in, making, StandardCopyOption.REPLACE_EXISTING);
      Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(making);
    }
    return place;
  }
}
