package io.nanoswarm.mirror;

import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The files of one mirrored blackboard. Blocks.
 *
 * <p>A file is written beside its place and renamed, so that who reads it never sees half of it.
 * The revision is written last: after the death of the process whatever it names is there. That
 * does not hold for a power cut, since nothing is forced to disk; then delete the folder.
 */
final class MirrorFolder {
  private static final String REVISION = ".revision";

  private final Path folder;

  MirrorFolder(Path folder) {
    this.folder = folder;
  }

  /** Creates what is missing, and returns the revision up to which the files are there. */
  long open() throws IOException {
    Files.createDirectories(folder);
    for (Section section : Section.values()) {
      if (section != Section.CONTEXT) {
        Files.createDirectories(folder.resolve(section.folder()));
      }
    }
    return revision();
  }

  /** Writes entries, then the revision that they bring the folder to. */
  void write(List<Entry> entries, long revision) throws IOException {
    for (Entry entry : entries) {
      replace(folder.resolve(entry.path().value()), EntryPage.of(entry));
    }
    replace(folder.resolve(REVISION), revision + "\n");
  }

  /** 0, to begin anew, if there is none or it cannot be understood. */
  private long revision() throws IOException {
    try {
      return Math.max(0, Long.parseLong(Files.readString(folder.resolve(REVISION)).strip()));
    } catch (NoSuchFileException | NumberFormatException _) {
      return 0;
    }
  }

  private static void replace(Path file, String text) throws IOException {
    var parent = Files.createDirectories(file.getParent());
    var part = parent.resolve("." + file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
