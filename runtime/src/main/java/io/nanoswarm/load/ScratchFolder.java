package io.nanoswarm.load;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is removed with all that is in it. One that a killed load test left is removed by
 * the next.
 */
final class ScratchFolder implements AutoCloseable {
  private static final String PREFIX = "nanoswarm-load-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.*");

  private final Path root;

  /**
   * @param parent where it is made, as the system's folder for temporary files
   */
  static ScratchFolder in(Path parent) throws IOException {
    sweep(parent);
    String name = PREFIX + ProcessHandle.current().pid() + "-";
    var folder = new ScratchFolder(Files.createTempDirectory(parent, name));
    var about = Files.createDirectory(folder.workspace()).resolve("about.txt");
    var _ = Files.writeString(about, "Nothing is looked for here.\n");
    return folder;
  }

  private ScratchFolder(Path root) {
    this.root = root;
  }

  /** Removes what processes left that are no more. */
  private static void sweep(Path parent) throws IOException {
    try (var folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          remove(folder);
        }
      }
    }
  }

  Path workspace() {
    return root.resolve("workspace");
  }

  Path machines() {
    return root.resolve("machines");
  }

  Path data() {
    return root.resolve("data");
  }

  @Override
  public void close() throws IOException {
    remove(root);
  }

  /** Bears that somebody else removes or adds files meanwhile; what is added late stays. */
  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    var _ =
        Files.walkFileTree(
            folder,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes about)
                  throws IOException {
                var _ = Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException failure)
                  throws IOException {
                return gone(failure);
              }

              @Override
              public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
                  throws IOException {
                if (failure != null) {
                  return gone(failure);
                }
                var _ = Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
              }
            });
  }

  private static FileVisitResult gone(IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }
}
