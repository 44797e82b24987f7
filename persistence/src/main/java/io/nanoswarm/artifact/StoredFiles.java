package io.nanoswarm.artifact;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of a folder of artifacts, to which other processes add and from which they remove. */
public final class StoredFiles {
  /** Content is kept as {@code ab/cdef…}. */
  private static final int DEPTH = 2;

  private StoredFiles() {}

  /**
   * A file as it was when it was met.
   *
   * @param about its size and age
   */
  public record StoredFile(Path path, BasicFileAttributes about) {}

  /**
   * Those that are there, with those that are being written; what comes or goes meanwhile may be
   * among them or not. None if there is no such folder.
   */
  public static List<StoredFile> in(Path folder) throws IOException {
    var found = new ArrayList<StoredFile>();
    var visitor =
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
            if (about.isRegularFile()) {
              found.add(new StoredFile(file, about));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        };
    var _ = Files.walkFileTree(folder, Set.of(), DEPTH, visitor);
    return found;
  }
}
