package io.nanoswarm.node;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/**
 * A journal that cannot be used, in words for people.
 *
 * @param message names the file, and says what is wrong with it
 * @param hint what to do about it
 */
record JournalProblem(String message, String hint) {
  private static final String ROOM = "No space left";

  /** The file is gone, or empty, and was not before. */
  static SQLException lost(Path file) {
    return new SQLException(
        "%s is empty or missing, and sessions were stored in this folder".formatted(file));
  }

  /** The file is shorter than it was when it was closed. */
  static SQLException cutOff(Path file, long bytes) {
    return new SQLException(
        "the journal %s is damaged: %d bytes of its end are missing".formatted(file, bytes));
  }

  /**
   * @param file of the database
   * @param failure of opening it
   */
  static JournalProblem of(Path file, SQLException failure) {
    var said = first(failure);
    if (said.contains(ROOM)) {
      return new JournalProblem(
          "no space is left for the journal %s".formatted(file),
          "free some space, or use another data folder with --data DIR");
    }
    return switch (failure.getErrorCode()) {
      case 0 -> new JournalProblem(String.valueOf(failure.getMessage()), Journal.RESTORE);
      case ErrorCode.DATABASE_IS_READ_ONLY ->
          new JournalProblem(
              "the journal %s cannot be written".formatted(file),
              "grant yourself write access, or use another data folder with --data DIR");
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          new JournalProblem(
              "another program has the journal %s open".formatted(file),
              "close it, or use another data folder with --data DIR");
      case ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2 ->
          new JournalProblem(
              "the journal %s is damaged: %s".formatted(file, said),
              "nothing was changed; " + Journal.RESTORE);
      default ->
          new JournalProblem(
              "the journal %s cannot be opened: %s".formatted(file, said), Journal.RESTORE);
    };
  }

  /** What happened first, without what the database adds for its own developers. */
  private static String first(Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return String.valueOf(first.getMessage()).lines().findFirst().orElse("").strip();
  }
}
