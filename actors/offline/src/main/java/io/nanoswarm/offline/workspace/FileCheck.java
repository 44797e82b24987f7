package io.nanoswarm.offline.workspace;

import io.nanoswarm.blackboard.Place;
import io.nanoswarm.offline.document.PdfText;
import io.nanoswarm.offline.document.UnreadableDocument;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens one file and decides whether it is text that agents can read. */
final class FileCheck {
  /** What came of it. */
  sealed interface Result {}

  record Listed(Manifest.File file) implements Result {}

  record Skipped(SkipReason reason, String path) implements Result {}

  private static final Object PDF = new Object();

  private FileCheck() {}

  static Result of(Path root, Path file) {
    String path = PathNames.relative(root, file);
    int most = PathNames.maxBytes(path);
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(most + 1);
    } catch (IOException _) {
      return new Skipped(SkipReason.UNREADABLE, path);
    }
    if (content.length > most) {
      return new Skipped(SkipReason.huge(path), path);
    }
    if (content.length == 0) {
      return new Skipped(SkipReason.EMPTY, path);
    }
    Optional<SkipReason> unreadable = Place.hasPages(path) ? ofPdf(content) : ofText(content);
    return unreadable.isPresent()
        ? new Skipped(unreadable.get(), path)
        : new Listed(new Manifest.File(path, content.length, Sha256.of(content)));
  }

  private static Optional<SkipReason> ofText(byte[] content) {
    if (Decoding.isBinary(content)) {
      return Optional.of(SkipReason.BINARY);
    }
    return Decoding.text(content).isEmpty() ? Optional.of(SkipReason.ENCODING) : Optional.empty();
  }

  /** One at a time: what a PDF unpacks to may be much larger than its file. */
  private static Optional<SkipReason> ofPdf(byte[] content) {
    synchronized (PDF) {
      try {
        PdfText.check(content);
        return Optional.empty();
      } catch (UnreadableDocument e) {
        return Optional.of(SkipReason.of(e.reason()));
      }
    }
  }
}
