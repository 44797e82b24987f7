package io.nanoswarm.launch;

import org.jspecify.annotations.Nullable;

/** The data folder cannot be used; says why, and what to do about it. */
public final class DataFolderProblem extends Exception {

  /** What is wrong, for programs. */
  public enum Kind {
    NOT_WRITABLE,
    NOT_A_FOLDER,
    NEWER_VERSION,
    OLDER_VERSION,
    UNREADABLE_VERSION,
    IN_USE,
    DISK_FULL
  }

  private final Kind kind;
  private final String hint;

  DataFolderProblem(Kind kind, String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  public Kind kind() {
    return kind;
  }

  /** What a person may do now, as a sentence. */
  public String hint() {
    return hint;
  }
}
