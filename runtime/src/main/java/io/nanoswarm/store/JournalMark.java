package io.nanoswarm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file beside where the journal would be, which says that it is elsewhere: a data folder whose
 * sessions are in PostgreSQL is not to begin a second journal of its own.
 */
final class JournalMark {
  private static final String ENDING = ".elsewhere";

  private JournalMark() {}

  private static Path mark(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ENDING);
  }

  /** Notes where the folder's sessions are. */
  static void write(Path journal, String where) throws IOException {
    Path temporary = journal.resolveSibling(journal.getFileName() + ENDING + ".tmp");
    Files.writeString(temporary, where + "\n");
    Files.move(temporary, mark(journal), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Throws if the folder's sessions are elsewhere. */
  static void refuseH2(Path journal) throws StoreProblem, IOException {
    Path mark = mark(journal);
    if (Files.exists(mark)) {
      throw new StoreProblem(
          "the sessions of %s are kept in PostgreSQL, at %s"
              .formatted(journal.toAbsolutePath().getParent(), Files.readString(mark).strip()),
          "set NANOSWARM_JOURNAL=postgresql and NANOSWARM_POSTGRESQL_URL, or use another data"
              + " folder with --data DIR");
    }
  }
}
