package io.nanoswarm.offline.workspace;

import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens one file and decides whether it is text that agents can read. */
final class FileCheck {
  /** What came of it. */
  sealed interface Result {}

  record Listed(Manifest.File file) implements Result {}

  record Skipped(SkipReason reason, String path) implements Result {}

  private FileCheck() {}

  static Result of(Path root, Path file) {
    String path = PathNames.relative(root, file);
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes((int) FolderWalk.MAX_BYTES + 1);
    } catch (IOException _) {
      return new Skipped(SkipReason.UNREADABLE, path);
    }
    if (content.length > FolderWalk.MAX_BYTES) {
      return new Skipped(SkipReason.HUGE, path);
    }
    if (content.length == 0) {
      return new Skipped(SkipReason.EMPTY, path);
    }
    if (Decoding.isBinary(content)) {
      return new Skipped(SkipReason.BINARY, path);
    }
    if (Decoding.text(content).isEmpty()) {
      return new Skipped(SkipReason.ENCODING, path);
    }
    return new Listed(new Manifest.File(path, content.length, Sha256.of(content)));
  }
}
