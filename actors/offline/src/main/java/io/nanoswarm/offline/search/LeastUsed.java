package io.nanoswarm.offline.search;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Removes the indexes that were used least recently until the rest is below a size, and none that
 * is being read. Several processes may do so at once.
 *
 * <p>An index is taken off its place by a rename before it is looked at for the last time: whoever
 * comes then finds none, and makes it anew; whoever was there before has left his mark.
 */
final class LeastUsed {
  private static final String REMOVING = "removing-";

  private record Index(Path folder, long bytes, FileTime lastUsed) {}

  private LeastUsed() {}

  /**
   * @param making what folders that are no indexes yet begin with
   */
  static void remove(Path folder, String making, long maxBytes) throws IOException {
    List<Index> indexes = indexes(folder, making);
    long bytes = indexes.stream().mapToLong(Index::bytes).sum();
    for (Index index : indexes) {
      if (bytes > maxBytes && removed(index.folder())) {
        bytes -= index.bytes();
      }
    }
  }

  /**
   * The indexes that nobody removes, the most recently used first.
   *
   * @param making what folders that are no indexes yet begin with
   */
  static List<Path> lastUsedFirst(Path folder, String making) throws IOException {
    return indexes(folder, making).reversed().stream()
        .map(Index::folder)
        .filter(index -> !index.getFileName().toString().startsWith(REMOVING))
        .toList();
  }

  /** The least recently used first. */
  private static List<Index> indexes(Path folder, String making) throws IOException {
    var found = new ArrayList<Index>();
    try (var folders = Files.newDirectoryStream(folder)) {
      for (Path each : folders) {
        String name = each.getFileName().toString();
        if (!name.startsWith(making)) {
          measure(each, found);
        }
      }
    }
    found.sort(Comparator.comparing(Index::lastUsed).thenComparing(Index::folder));
    return found;
  }

  private static void measure(Path index, List<Index> found) throws IOException {
    long bytes = 0;
    try (var files = Files.newDirectoryStream(index)) {
      for (Path file : files) {
        bytes += size(file);
      }
      found.add(new Index(index, bytes, Files.getLastModifiedTime(index)));
    } catch (FileSystemException _) {
      // Another process has just removed it: it takes no space.
    }
  }

  private static long size(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).size();
    } catch (IOException _) {
      return 0; // a mark that was just taken away
    }
  }

  private static boolean removed(Path index) throws IOException {
    try {
      if (UseMark.isOn(index)) {
        return false;
      }
      String name = index.getFileName().toString();
      Path aside =
          name.startsWith(REMOVING)
              ? index
              : Files.move(
                  index, index.resolveSibling(REMOVING + name), StandardCopyOption.ATOMIC_MOVE);
      if (UseMark.isOn(aside)) {
        // Somebody was faster. If the place is taken by now, the index goes when he has read it.
        Files.move(aside, index, StandardCopyOption.ATOMIC_MOVE);
        return false;
      }
      Folders.delete(aside);
      return true;
    } catch (FileSystemException _) {
      // Another process removes it, or has made it anew meanwhile.
      return false;
    }
  }
}
