package io.nanoswarm.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;

/** Bounds what a folder collects over time. */
final class NewestFiles {
  private NewestFiles() {}

  /** Deletes all but the newest of the files that a glob matches. */
  static void keep(int count, Path folder, String glob) throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(folder, glob)) {
      files.forEach(found::add);
    }
    found.sort(Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed());
    for (var old : found.subList(Math.min(count, found.size()), found.size())) {
      Files.deleteIfExists(old);
    }
  }
}
