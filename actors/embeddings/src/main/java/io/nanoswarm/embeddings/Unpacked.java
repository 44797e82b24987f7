package io.nanoswarm.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/**
 * Resources of the class path as files, for what reads files alone. They stay for the next JVM.
 * What a killed one left half-made goes an hour later, when a file is unpacked next.
 */
final class Unpacked {
  private static final String MAKING = "making-";
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  private final Path folder;

  Unpacked(Path folder) {
    this.folder = folder;
  }

  /**
   * The file of a resource; it appears whole or not at all, and several processes may ask for it at
   * once. One of another length than the resource is unpacked anew.
   *
   * @param resource its path on the class path
   * @throws IOException if the class path has no such resource, or the disk fails
   */
  Path file(String resource) throws IOException {
    URL source = Unpacked.class.getClassLoader().getResource(resource);
    if (source == null) {
      throw new IOException("the class path has no " + resource);
    }
    Path place = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    URLConnection connection = source.openConnection();
    try (InputStream in = connection.getInputStream()) {
      if (Files.isRegularFile(place) && Files.size(place) == connection.getContentLengthLong()) {
        return place;
      }
      Files.createDirectories(folder);
      Path making = Files.createTempFile(folder, MAKING, "");
      try {
        removeAbandoned(Files.getLastModifiedTime(making).toInstant());
        Files.copy(in, making, StandardCopyOption.REPLACE_EXISTING);
        Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(making);
      }
    }
    return place;
  }

  private void removeAbandoned(Instant now) throws IOException {
    Instant before = now.minus(ABANDONED_AFTER);
    try (var files = Files.newDirectoryStream(folder, MAKING + "*")) {
      for (Path each : files) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (NoSuchFileException _) {
      // Another process was faster.
    }
  }
}
