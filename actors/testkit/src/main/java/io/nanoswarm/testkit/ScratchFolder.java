package io.nanoswarm.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of one test, deleted when it is closed, or when the JVM ends. */
final class ScratchFolder implements AutoCloseable {
  private final Path path;

  static ScratchFolder create() {
    try {
      var folder = new ScratchFolder(Files.createTempDirectory("nanoswarm-test"));
      Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ScratchFolder(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** A folder in it, made when it is first asked for. */
  Path folder(String name) {
    try {
      return Files.createDirectories(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
