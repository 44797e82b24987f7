package io.nanoswarm.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/** What H2 says about a file that it cannot use, in words for people. */
final class H2Failure {
  private static final String ROOM = "No space left";

  private H2Failure() {}

  /**
   * @param file of the database
   * @param failure of opening it
   */
  static StoreProblem of(Path file, SQLException failure) {
    var said = first(failure);
    if (said.contains(ROOM)) {
      return new StoreProblem(
          "no space is left for the journal %s".formatted(file),
          "free some space, or use another data folder with --data DIR");
    }
    return switch (failure.getErrorCode()) {
      case ErrorCode.DATABASE_IS_READ_ONLY ->
          new StoreProblem(
              "the journal %s cannot be written".formatted(file),
              "grant yourself write access, or use another data folder with --data DIR");
      case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
          new StoreProblem(
              "another program has the journal %s open".formatted(file),
              "close it, or use another data folder with --data DIR");
      case ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2 ->
          new StoreProblem(
              "the journal %s is damaged: %s".formatted(file, said),
              "nothing was changed; " + H2File.RESTORE);
      default ->
          new StoreProblem(
              "the journal %s cannot be opened: %s".formatted(file, said), H2File.RESTORE);
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
